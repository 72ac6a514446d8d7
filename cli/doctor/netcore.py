"""Whether Netcore takes the store's key."""

import json
import time
from collections.abc import Iterator

from cli.deployment import Deployment
from local import run
from shopbridge.netcore.client import Http, NetcoreClient, shared
from shopbridge.netcore.regions import hosts
from shopbridge.netcore.trial import trial
from shopbridge.reconciliation.finding import Check, judged
from shopbridge.stores.store import Store


def netcore(deployment: Deployment, found: Store, http: Http | None = None) -> Iterator[Check]:
    """Try the key out; nothing is created or changed at Netcore."""
    key = deployment.vault.netcore_key(found)
    if key is None:
        return
    chosen = found.settings.netcore
    client = NetcoreClient(
        http or shared(),
        hosts(chosen.region, _simulator() if deployment.endpoint else None),
        key,
        auth_mode=chosen.auth_mode,
        clock=time.monotonic,
    )
    for tried in trial(client, found.settings):
        mend = "netcore.list_id=... netcore.notify_email=..."
        yield judged(
            "netcore",
            tried.api,
            tried.ok,
            tried.message,
            why="What Netcore does not take is parked, or waits in its queue.",
            mend=f"shopbridge settings set {mend} --store={found.name}"
            if tried.code == "not_ready"
            else f"shopbridge settings key --store={found.name}",
        )


def _simulator() -> str | None:
    running = run.status()
    if running is None:
        return None
    return json.dumps(dict.fromkeys(("contact", "batch", "activity"), running.netcore_url))
