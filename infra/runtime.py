"""What our Lambdas run on: the one place to change the Python version or the processor."""

from dataclasses import dataclass
from pathlib import Path

from aws_cdk import aws_lambda as lambda_

from infra.topics import ROOT

RUNTIME = lambda_.Runtime.PYTHON_3_13  # 3.14 starts 18-25 % slower (published cold starts)
PYTHON = "3.13"
ARCHITECTURE = lambda_.Architecture.ARM_64  # 20 % cheaper a second than x86_64


@dataclass(frozen=True, kw_only=True)
class Platform:
    """For whom wheels are chosen and bytecode is compiled."""

    # Arguments of `uv pip install` that choose the wheels.
    wheels: tuple[str, ...]
    # The interpreter whose bytecode is shipped; None: any Python `PYTHON` of this machine.
    interpreter: Path | None = None


LAMBDA = Platform(wheels=("--python-platform", "aarch64-manylinux2014", "--python-version", PYTHON))

EMULATOR_PYTHON = ROOT / ".local" / "emulator-env" / "bin" / "python"

# The emulator runs our code in its own interpreter, whatever the template says.
EMULATOR = Platform(wheels=("--python", str(EMULATOR_PYTHON)), interpreter=EMULATOR_PYTHON)
