"""
Compiles a tree to bytecode as Lambda will load it. Runs alone, under Lambda's Python.

Unchecked-hash bytecode stays valid whatever time stamps a zip gives its files. Lambda's
file system is read-only: without bytecode every cold start would compile everything again.

Usage: pythonX.Y bytecode.py TREE PREFIX [TREE PREFIX ...]
PREFIX is where Lambda will mount the tree, so that tracebacks name the file it runs.
"""

import py_compile
import sys
from pathlib import Path


def compile_tree(tree: Path, prefix: str) -> int:
    """Write the bytecode of each source below `tree` beside it; return how many could not be."""
    failed = 0
    for source in sorted(tree.rglob("*.py")):
        try:
            py_compile.compile(
                str(source),
                dfile=f"{prefix}/{source.relative_to(tree).as_posix()}",
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except py_compile.PyCompileError as error:
            failed += 1
            print(error.msg.strip(), file=sys.stderr)
    return failed


if __name__ == "__main__":
    arguments = sys.argv[1:]
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    sys.exit(1 if sum(compile_tree(Path(tree), prefix) for tree, prefix in pairs) else 0)
