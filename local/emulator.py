"""
Runs ministack, the AWS emulator, as published, in an environment of its own.

Every start begins with AWS as it was right after deployment: empty tables, empty queues. The
simulators forget on a restart too; receipts of an earlier run would hide what they then miss.
"""

import os
import shutil
from pathlib import Path

from local.places import EMULATOR_ENV, LOCAL, ROOT
from local.processes import Background

HERE = LOCAL / "emulator"  # state of the running emulator
DEPLOYED = LOCAL / "deployed"  # its state right after deployment
KEPT = ("state", "s3")

HEALTHY_SECONDS = 30
WARM_SECONDS = "180"  # as long as a demo; an idle worker process holds 45 MB


class Emulator(Background):
    """The emulator on one port of this machine's loopback interface."""

    def __init__(self, port: int) -> None:
        super().__init__("emulator", LOCAL / "run")
        self.url = f"http://127.0.0.1:{port}"
        self._port = port

    def begin(self, *, deployed: bool) -> None:
        """Start it, empty or with the stacks that were kept, and wait until it serves."""
        shutil.rmtree(HERE, ignore_errors=True)
        (HERE / "tmp").mkdir(parents=True)
        for folder in KEPT if deployed else ():
            shutil.copytree(DEPLOYED / folder, HERE / folder)
        self.start(
            [EMULATOR_ENV / "bin/ministack"],
            cwd=ROOT,
            environment=_environment(HERE, self._port),
        )
        self.wait_until_serving(f"{self.url}/_ministack/health", seconds=HEALTHY_SECONDS)

    def keep(self) -> None:
        """Stop it, and keep what is deployed for the next starts."""
        self.stop()
        shutil.rmtree(DEPLOYED, ignore_errors=True)
        for folder in KEPT:
            shutil.copytree(HERE / folder, DEPLOYED / folder)


def _environment(here: Path, port: int) -> dict[str, str]:
    """
    All that the emulator gets to see, and with it every Lambda, which inherits its environment.

    It lays worker directories into TMPDIR and leaves them there, hence a private one.
    """
    return {
        "PATH": os.defpath,
        "HOME": str(here),
        "LANG": "C.UTF-8",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "TMPDIR": str(here / "tmp"),
        "STATE_DIR": str(here / "state"),
        "S3_DATA_DIR": str(here / "s3"),
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": WARM_SECONDS,
        "LOG_LEVEL": "WARNING",  # at INFO it writes down the beginnings of messages
    }
