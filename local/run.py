"""
Brings the whole system up on this machine, and down again.

Up: the emulator with the deployed stacks, the store simulator and the Netcore simulator. Only
the first start, and the first after a change, deploys; others go back to what was kept then.
"""

import contextlib
import fcntl
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from local import deployed
from local.aws import REGION
from local.deploy import digest
from local.emulator import Emulator
from local.places import LOCAL, ROOT, RUN_FILE
from local.ports import Ports, free_ports, url
from local.processes import Background
from local.store.world import SHOP
from local.telling import Say, timed

SERVING_SECONDS = 30


@dataclass(frozen=True)
class Run:
    """How to reach a running system; `shopbridge local status --json` prints exactly this."""

    api_url: str
    app_url: str
    shop: str
    shopify_client_secret: str
    store_url: str
    netcore_url: str
    aws_endpoint_url: str
    region: str


def up(say: Say) -> Run:
    """
    Return when everything serves; what runs already and is up to date stays as it is.

    Raises:
        NotServing: a program ended or did not answer in time.
        CdkFailed: the stacks could not be synthesised or deployed.
    """
    with _alone():
        kept = deployed.kept()
        found = status()
        if found and kept and kept.digest == digest(kept.ports):
            return found
        _stop(say)
        ports = free_ports(kept.ports if kept else Ports())
        try:
            return _start(ports, kept, say)
        except BaseException:
            _stop(say)
            raise


def down(say: Say) -> bool:
    """Stop what `up` started, and nothing else; return whether there was anything to stop."""
    with _alone():
        return _stop(say)


def status() -> Run | None:
    """Return how to reach the running system, None unless all of it runs."""
    if not all(program.alive for program in _programs()):
        return None
    try:
        return Run(**json.loads(RUN_FILE.read_text()))
    except FileNotFoundError:
        return None


def _start(ports: Ports, kept: deployed.Kept | None, say: Say) -> Run:
    emulator = Emulator(ports.emulator)
    now = digest(ports)
    if kept is None or kept.digest != now:
        kept = deployed.renew(emulator, ports, now, say)
    with timed(say, "emulator, with the deployed stacks"):
        emulator.begin(deployed=True)
    with timed(say, "simulators of store and Netcore"):
        _start_simulators(ports, kept)
    run = Run(
        api_url=kept.api_url,
        app_url=kept.api_url,
        shop=SHOP,
        shopify_client_secret=kept.client_secret,
        store_url=url(ports.store),
        netcore_url=url(ports.netcore),
        aws_endpoint_url=emulator.url,
        region=REGION,
    )
    RUN_FILE.write_text(json.dumps(asdict(run), indent=2))
    return run


def _start_simulators(ports: Ports, kept: deployed.Kept) -> None:
    store, netcore = Background("store", LOCAL / "run"), Background("netcore", LOCAL / "run")
    environment = {"PATH": os.defpath, "HOME": str(LOCAL), "LANG": "C.UTF-8"}
    here = [sys.executable, "-m"]
    netcore.start(
        [*here, "local.netcore", f"--port={ports.netcore}"], cwd=ROOT, environment=environment
    )
    store.start(
        [
            *here,
            "local.store",
            f"--port={ports.store}",
            f"--client-secret={kept.client_secret}",
            f"--app-url={kept.api_url}",
        ],
        cwd=ROOT,
        environment=environment,
    )
    netcore.wait_until_serving(f"{url(ports.netcore)}/_received", seconds=SERVING_SECONDS)
    store.wait_until_serving(f"{url(ports.store)}/_received", seconds=SERVING_SECONDS)


def _stop(say: Say) -> bool:
    RUN_FILE.unlink(missing_ok=True)
    running = [program for program in _programs() if program.alive]
    for program in running:
        program.stop()
        say(f"{program.name} stopped")
    return bool(running)


def _programs() -> list[Background]:
    return [Background(name, LOCAL / "run") for name in ("store", "netcore", "emulator")]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let nobody else start or stop at the same time."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
