"""Assets hold bytecode that Lambda can use as it is, and are built once."""

import importlib.util
import sys
from pathlib import Path

import pytest

from infra.build import Builder
from infra.interpreters import compiler, version
from infra.runtime import LAMBDA, Platform

HERE = Platform(wheels=(), interpreter=Path(sys.executable))
UNCHECKED_HASH = 0b01  # bit 0: validated by hash; bit 1, check the source, is not set


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    """Builds for the Python that runs the tests, which every machine has."""
    return Builder(platform=HERE, store=tmp_path / "build")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A function of one file, beside another one."""
    (tmp_path / "update.py").write_text("'''Another function.'''\n")
    source = tmp_path / "create.py"
    source.write_text("def handler(event, context):\n    return 1\n")
    return source


def test_function_holds_its_file_and_unchecked_bytecode(builder: Builder, source: Path) -> None:
    """Nothing beside the one source and what was compiled from it, for its place in Lambda."""
    built = builder.function(source)

    bytecode = Path(importlib.util.cache_from_source(str(built.path / "create.py")))
    files = {file for file in built.path.rglob("*") if file.is_file()}
    assert files == {built.path / "create.py", bytecode}
    assert int.from_bytes(bytecode.read_bytes()[4:8], "little") == UNCHECKED_HASH
    assert b"/var/task/create.py" in bytecode.read_bytes()


def test_core_holds_the_package_and_its_data(builder: Builder, tmp_path: Path) -> None:
    """Every file of the package goes along but this machine's own bytecode."""
    package = tmp_path / "shopbridge"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__pycache__" / "errors.cpython-38.pyc").touch()
    (package / "errors.py").write_text("'''Errors.'''\n")
    (package / "query.graphql").write_text("{ shop { id } }\n")

    built = builder.core(package)

    names = {file.name for file in built.path.rglob("*") if file.is_file()}
    tag = sys.implementation.cache_tag
    assert names == {"errors.py", f"errors.{tag}.pyc", "query.graphql"}


def test_on_this_disk_a_layer_is_not_copied_along(tmp_path: Path) -> None:
    """The emulator's layer is one line that puts what was built on Python's path."""
    here = Platform(wheels=(), interpreter=Path(sys.executable), on_this_disk=True)
    package = tmp_path / "shopbridge"
    package.mkdir()

    built = Builder(platform=here, store=tmp_path / "build").core(package)

    [file] = [file for file in built.path.rglob("*") if file.is_file()]
    [layer] = (tmp_path / "build").glob("core-*")
    assert file.relative_to(built.path) == Path("python/lib/python/site-packages/layer.pth")
    assert file.read_text() == f"import sys; sys.path.insert(0, '{layer}/python')\n"


def test_nothing_is_built_twice(builder: Builder, source: Path) -> None:
    """The same content has the same key and is left alone; other content has another."""
    first = builder.function(source)
    touched = first.path.stat().st_mtime_ns

    again = builder.function(source)
    source.write_text("def handler(event, context):\n    return 2\n")
    changed = builder.function(source)

    assert (again, again.path.stat().st_mtime_ns) == (first, touched)
    assert changed.key != first.key


def test_broken_source_leaves_nothing_behind(builder: Builder, source: Path) -> None:
    """A function that does not compile stops the build, and no half of it stays."""
    source.write_text("def handler(:\n")

    with pytest.raises(Exception, match="bytecode"):
        builder.function(source)

    assert list(builder.store.iterdir()) == []


def test_without_lambdas_python_the_source_goes_alone(tmp_path: Path, source: Path) -> None:
    """Bytecode of another Python would be dead weight; the build says that it compiles none."""
    absent = Platform(wheels=(), interpreter=tmp_path / "no-python")
    builder = Builder(platform=absent, store=tmp_path / "build")

    built = builder.function(source)

    assert [file.name for file in built.path.rglob("*")] == ["create.py"]
    assert not builder.compiles


def test_only_the_runtimes_own_python_compiles_for_lambda() -> None:
    """Whatever interpreter is found is of the minor version that Lambda runs."""
    found = compiler(LAMBDA)

    assert found is None or version(found) == "3.13"
