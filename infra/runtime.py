"""
What our Lambdas run on: the one place to change the Python version or the processor.

Knows nothing of the CDK, which takes a second and a Node to import: the command line and
`make setup` ask here too.
"""

from dataclasses import dataclass
from pathlib import Path

from infra.topics import ROOT

PYTHON = "3.13"  # 3.14 starts 18-25 % slower (published cold starts)
PROCESSOR = "arm64"  # 20 % cheaper a second than x86_64


@dataclass(frozen=True, kw_only=True)
class Platform:
    """For whom wheels are chosen and bytecode is compiled."""

    # Arguments of `uv pip install` that choose the wheels.
    wheels: tuple[str, ...]
    # The interpreter whose bytecode is shipped; None: any Python `PYTHON` of this machine.
    interpreter: Path | None = None
    # Functions run on this machine, and can be led to what lies on its disk.
    on_this_disk: bool = False


LAMBDA = Platform(wheels=("--python-platform", "aarch64-manylinux2014", "--python-version", PYTHON))

EMULATOR_PYTHON = ROOT / ".local" / "emulator-env" / "bin" / "python"

# The emulator runs our code in its own interpreter, whatever the template says.
EMULATOR = Platform(
    wheels=("--python", str(EMULATOR_PYTHON)), interpreter=EMULATOR_PYTHON, on_this_disk=True
)
