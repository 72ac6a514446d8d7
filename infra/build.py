"""
Builds what Lambdas are made of, once per content, below `.local/build`.

Each build has a key: the hash of everything that decides its content. The key names its
directory and is its asset's hash, so an unchanged part is neither built nor deployed
again, on any machine.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infra.interpreters import compiler, uv, version
from infra.runtime import Platform
from infra.topics import ROOT

BUILD = ROOT / ".local" / "build"
BYTECODE = Path(__file__).with_name("bytecode.py")

# A file of the build itself that changed makes every build new.
RECIPE = (Path(__file__), BYTECODE)

Fill = Callable[[Path], object]


@dataclass(frozen=True, kw_only=True)
class Built:
    """A finished directory and the key of its content."""

    path: Path
    key: str


@dataclass(frozen=True, kw_only=True)
class Builder:
    """Builds for one platform; keeps what it built in `store`."""

    platform: Platform
    store: Path = field(default=BUILD)

    @property
    def compiles(self) -> bool:
        """Whether this machine has the Python that can compile for the platform."""
        return compiler(self.platform) is not None

    def function(self, source: Path) -> Built:
        """The directory of one Lambda: its source file, and its bytecode."""
        return self._build(
            source.stem, (source,), "/var/task", lambda to: shutil.copy2(source, to / source.name)
        )

    def core(self, package: Path) -> Built:
        """The layer that holds our `package`, without what only this machine needs."""
        hidden = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
        files = [f for f in package.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
        return self._layer(
            "core",
            sorted(files),
            lambda to: shutil.copytree(package, to / "python" / package.name, ignore=hidden),
        )

    def vendor(self, requirements: Path) -> Built:
        """The layer of pinned packages, as wheels for the platform."""
        return self._layer(
            "vendor",
            (requirements,),
            lambda to: install(requirements, to / "python", self.platform),
        )

    def _layer(self, name: str, sources: Iterable[Path], fill: Fill) -> Built:
        built = self._build(name, sources, "/opt", fill)
        return self._path_to(built) if self.platform.on_this_disk else built

    def _path_to(self, layer: Built) -> Built:
        """
        A layer that only puts `layer` on Python's path, where it lies.

        The emulator unpacks a function's layers anew for each process that it starts; with
        3,000 files, that is most of a cold start.
        """
        packages = str(layer.path / "python")
        key = digest((packages,), RECIPE)
        path = self.store / f"path-{key[:16]}"
        if not path.exists():
            with finished_or_nothing(path) as unfinished:
                site = unfinished / "python/lib/python/site-packages"
                site.mkdir(parents=True)
                (site / "layer.pth").write_text(f"import sys; sys.path.insert(0, {packages!r})\n")
        return Built(path=path, key=key)

    def _build(self, name: str, sources: Iterable[Path], prefix: str, fill: Fill) -> Built:
        python = compiler(self.platform)
        recipe = (name, prefix, version(python or ""), *self.platform.wheels)
        key = digest(recipe, (*RECIPE, *sources))
        path = self.store / f"{name}-{key[:16]}"
        if not path.exists():
            with finished_or_nothing(path) as unfinished:
                fill(unfinished)
                if python is not None:
                    subprocess.run([python, BYTECODE, unfinished, prefix], check=name != "vendor")
        return Built(path=path, key=key)


def install(requirements: Path, target: Path, platform: Platform) -> None:
    """Put the wheels of `requirements` for `platform` into `target`; nothing is compiled from C."""
    subprocess.run(
        [uv(), "pip", "install", "--quiet", "--no-progress", "--only-binary", ":all:",
         "--link-mode", "copy", "--target", target, *platform.wheels,
         "--requirement", requirements],
        check=True,
    )  # fmt: skip
    for unwanted in ("**/tests", "**/__pycache__", "*.dist-info", "bin", "phonenumbers/geodata"):
        for found in target.glob(unwanted):
            shutil.rmtree(found)


def digest(recipe: Iterable[str], files: Iterable[Path]) -> str:
    """One hash over words and over files with their names, whatever machine they lie on."""
    total = hashlib.sha256(repr(tuple(recipe)).encode())
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(ROOT) if ROOT in file.parents else file}".encode())
        total.update(content.encode())
    return total.hexdigest()


@contextmanager
def finished_or_nothing(path: Path) -> Iterator[Path]:
    """Yield a directory that becomes `path` only if nothing went wrong on the way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unfinished-") as parent:
        unfinished = Path(parent) / path.name
        unfinished.mkdir()
        yield unfinished
        if not path.exists():
            unfinished.rename(path)
