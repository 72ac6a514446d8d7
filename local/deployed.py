"""The deployment that is kept between runs, and how it is renewed when the code has changed."""

import json
import secrets
from dataclasses import asdict, dataclass

from local.aws import Aws
from local.deploy import deploy, synthesise
from local.emulator import DEPLOYED, Emulator
from local.ports import Ports
from local.telling import Say, timed

CLIENT_SECRETS = "/shopbridge/local/client-secrets"  # SSM parameter read by functions
FACTS = DEPLOYED / "kept.json"


@dataclass(frozen=True)
class Kept:
    """What is known of the state in `DEPLOYED`."""

    digest: str
    ports: Ports
    api_url: str
    client_secret: str


def kept() -> Kept | None:
    """Return what is known of the kept deployment, None where there is none."""
    try:
        read = json.loads(FACTS.read_text())
    except FileNotFoundError:
        return None
    return Kept(**read | {"ports": Ports(**read["ports"])})


def renew(emulator: Emulator, ports: Ports, digest: str, say: Say) -> Kept:
    """Deploy to an empty emulator, stop it, and keep the outcome under `digest`."""
    aws = Aws(emulator.url)
    with timed(say, "stacks synthesised"):
        synthesise(ports, aws.environment())
    with timed(say, "stacks deployed"):
        emulator.begin(deployed=False)
        api_url = deploy(aws)
        client_secret = f"shpss_{secrets.token_hex(16)}"
        aws.hide_parameter(CLIENT_SECRETS, json.dumps([client_secret]))
        emulator.keep()
    new = Kept(digest=digest, ports=ports, api_url=api_url, client_secret=client_secret)
    FACTS.write_text(json.dumps(asdict(new), indent=2))
    return new
