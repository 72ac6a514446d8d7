"""Deploys the real stacks with the real CDK command line to the emulator."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from local.aws import ACCOUNT, REGION, Aws
from local.places import LOCAL, ROOT
from local.ports import Ports, url

DEPLOYMENT = "/shopbridge/local/deployment"  # SSM parameter written by infra

CDK = ROOT / "node_modules/.bin/cdk"
CDK_OUT = LOCAL / "cdk.out"
CDK_LOG = LOCAL / "run/cdk.log"

# What stacks and emulator are made from. A change anywhere here means deploying anew.
SOURCES = ("app.py", "cdk.json", "infra", "functions", "layers", "local/emulator.py",
           "local/deploy.py", "requirements/emulator.txt", "package-lock.json")  # fmt: skip


class CdkFailed(Exception):
    """The CDK command line ended with an error; the message ends with what it said last."""


def synthesise(ports: Ports, environment: dict[str, str]) -> None:
    """Write the templates of the local stage to `CDK_OUT`."""
    context = [f"--context={key}={value}" for key, value in _context(ports).items()]
    CDK_LOG.parent.mkdir(parents=True, exist_ok=True)
    CDK_LOG.write_bytes(b"")
    _cdk(environment, "synth", "--quiet", f"--output={CDK_OUT}", *context)


def deploy(aws: Aws) -> str:
    """Put what was synthesised on the emulator; return the URL that webhooks are posted to."""
    app = f"--app={CDK_OUT}"
    _cdk(aws.environment(), "bootstrap", app, f"aws://{ACCOUNT}/{REGION}")
    _cdk(aws.environment(), "deploy", app, "--all", "--require-approval=never")
    return reachable(json.loads(aws.parameter(DEPLOYMENT))["api_url"], aws.endpoint)


def reachable(api_url: str, endpoint: str) -> str:
    """Turn the API's own name, which only the emulator knows, into an address that resolves."""
    api_id = str(urlsplit(api_url).hostname).split(".")[0]
    return f"{endpoint}/_aws/execute-api/{api_id}/$default"


def digest(ports: Ports) -> str:
    """One hash over all that decides what is deployed."""
    total = hashlib.sha256(f"{sys.version} {ROOT} {ports}".encode())
    for file in sorted(_sources()):
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                yield file


def _context(ports: Ports) -> dict[str, str]:
    netcore = url(ports.netcore)
    return {
        "local": "1",
        "shopify_admin_url": url(ports.store),
        "shopify_cdn_url": f"{url(ports.store)}/cdn",
        "netcore_hosts": json.dumps({"contact": netcore, "batch": netcore, "activity": netcore}),
    }


def _cdk(environment: dict[str, str], verb: str, *arguments: str) -> None:
    with CDK_LOG.open("ab") as log:
        done = subprocess.run(
            [CDK, verb, "--no-notices", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        last_words = "\n".join(CDK_LOG.read_text(errors="replace").splitlines()[-25:])
        raise CdkFailed(f"cdk {verb} failed ({CDK_LOG.relative_to(ROOT)}):\n{last_words}")
