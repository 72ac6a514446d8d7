"""
Builds what the measured processes import, as it is deployed: wheels and compiled bytecode.

Runs alone (`python -m benchmarks.trees`), since the CDK that comes along would weigh on
everything that is measured; prints the directories as JSON. All of it is kept below
`.local/bench`, so only the first run needs a network.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.places import KEPT, REQUIREMENTS
from infra.assets import CORE, LEAN
from infra.build import BYTECODE, Builder, digest, finished_or_nothing
from infra.interpreters import uv
from infra.runtime import Platform
from infra.topics import FUNCTIONS, ROOT, TOPICS

HERE = Platform(wheels=("--python", sys.executable), interpreter=Path(sys.executable))
BASELINE = ROOT / "benchmarks" / "baselines"
EMULATOR = "samcli/local/rapid/aws-lambda-rie-x86_64"


def trees() -> Iterator[tuple[str, Path]]:
    """Build each tree, naming it; the two at the end need a network the first time."""
    builder = Builder(platform=HERE, store=KEPT)
    yield "function", builder.function(TOPICS["orders/create"]).path
    yield "collect", builder.function(FUNCTIONS / "website_tracking" / "collect.py").path
    yield "core", builder.core(CORE).path / "python"
    yield "lean", builder.vendor(LEAN).path / "python"
    yield "runtime", builder.vendor(REQUIREMENTS / "bench-runtime.txt").path / "python"
    yield "typical_vendor", builder.vendor(REQUIREMENTS / "bench-baseline.txt").path / "python"
    yield "typical", _typical()
    yield "emulator", _emulator() / EMULATOR


def _typical() -> Path:
    """Lay out and compile the typical handler as a function of its own."""
    sources = [ROOT / "benchmarks" / "__init__.py", *sorted(BASELINE.glob("*.py"))]

    def fill(to: Path) -> None:
        for source in sources:
            copy = to / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
        subprocess.run([sys.executable, BYTECODE, to, "/var/task"], check=True)

    return _kept("typical", sources, fill)


def _emulator() -> Path:
    pinned = REQUIREMENTS / "bench-emulator.txt"

    def fill(to: Path) -> None:
        subprocess.run(
            [uv(), "pip", "install", "--quiet", "--no-progress", "--no-deps", "--require-hashes",
             "--python", sys.executable, "--target", to, "--requirement", pinned],
            check=True,
        )  # fmt: skip
        (to / EMULATOR).chmod(0o755)

    return _kept("emulator", [pinned], fill)


def _kept(name: str, sources: list[Path], fill: Callable[[Path], None]) -> Path:
    path = KEPT / f"{name}-{digest((name, sys.version), sources)[:16]}"
    if not path.exists():
        with finished_or_nothing(path) as unfinished:
            fill(unfinished)
    return path


@contextmanager
def telling_what_is_missing() -> Iterator[None]:
    """Turn the failure of a tool into one line on stderr; what was built is still printed."""
    try:
        yield
    except subprocess.CalledProcessError as exc:
        print(f"benchmarks: {exc.cmd[0]} ended with {exc.returncode}", file=sys.stderr)


if __name__ == "__main__":
    built: dict[str, str] = {}
    with telling_what_is_missing():
        for name, path in trees():
            built[name] = str(path)
    print(json.dumps(built))
