"""The settings API of the running system, as the embedded page calls it."""

import hmac
import json
import time
from base64 import urlsafe_b64encode

import httpx
import pytest

from infra.deployment import LOCAL_CLIENT_ID
from local.run import Run
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e


def bearer(store: LiveStore, secret: str = "") -> dict[str, str]:
    """Sign a session token of the store as Shopify does."""
    now = int(time.time())
    shop = f"https://{store.name}"
    claims = {"iss": f"{shop}/admin", "dest": shop, "aud": LOCAL_CLIENT_ID, "sub": "42"}
    times = {"exp": now + 60, "nbf": now, "iat": now}
    parts = [_part({"alg": "HS256", "typ": "JWT"}), _part({**claims, **times})]
    key = (secret or store.system.shopify_client_secret).encode()
    signature = hmac.digest(key, ".".join(parts).encode(), "sha256")
    return {"Authorization": f"Bearer {'.'.join([*parts, _encoded(signature)])}"}


def test_merchant_saves_pauses_and_enables(
    installed: NewStore, system: Run, http: httpx.Client
) -> None:
    """A save under the version that was read; the change log says who did what."""
    store = installed("merchant")
    base = f"{system.api_url}/api/v1"
    read = http.get(f"{base}/settings", headers=bearer(store))
    version = {"If-Match": read.headers["ETag"]}

    saved = http.put(
        f"{base}/settings",
        headers={**bearer(store), **version},
        json={**read.json(), "country": "DE"},
    )
    stale = http.put(f"{base}/settings", headers={**bearer(store), **version}, json={})
    paused = http.post(f"{base}/pause", headers=bearer(store))
    enabled = http.post(f"{base}/enable", headers=bearer(store))

    assert [one.status_code for one in (read, saved, stale)] == [200, 200, 412]
    assert (paused.json(), enabled.json()) == ({"status": "paused"}, {"status": "enabled"})
    log = http.get(f"{base}/settings/changes", headers=bearer(store)).json()["changes"]
    assert [one["what"][0]["field"] for one in log[:3]] == ["status", "status", "country"]
    assert {one["by"] for one in log[:3]} == {"user 42"}


def test_netcore_takes_the_saved_key(installed: NewStore, system: Run, http: httpx.Client) -> None:
    """The trial asks the simulator for nothing, under the key."""
    store = installed("trial")

    told = http.post(f"{system.api_url}/api/v1/netcore/test", headers=bearer(store)).json()

    assert (told["ok"], [one["code"] for one in told["tried"]]) == (True, ["ok", "ok"])


def test_what_waited_goes_on_after_a_pause(
    installed: NewStore, system: Run, http: httpx.Client
) -> None:
    """A registration that came meanwhile is parked, and sent on by itself."""
    store = installed("waited")
    base = f"{system.api_url}/api/v1"
    http.post(f"{base}/pause", headers=bearer(store))
    order = store.order()
    assert store.post("orders/create", store.signed("orders/create", order)) == 200
    until(
        lambda: http.get(f"{base}/parked", headers=bearer(store)).json()["parked"],
        "the order's commands are parked",
    )

    http.post(f"{base}/enable", headers=bearer(store))

    until(
        lambda: not http.get(f"{base}/parked", headers=bearer(store)).json()["parked"],
        "nothing is parked any more",
    )


def test_shopify_is_asked_what_the_page_must_know(
    installed: NewStore, system: Run, http: httpx.Client
) -> None:
    """Scopes, whom each key leaves out, and whose activity an address is; also for `trace`."""
    store = installed("asked")
    base = f"{system.api_url}/api/v1"
    email = f"cnry-asked-{int(time.time())}@example.com"
    order = next(d for d in store.happen("sell_at_till", email=email) if d.topic == "orders/create")
    assert store.post(order.topic, order.webhook) == 200
    store.ended(order.event_id)

    scopes = http.post(f"{base}/scopes", headers=bearer(store)).json()
    lacking = http.get(f"{base}/customers/lacking", headers=bearer(store)).json()
    found = http.post(f"{base}/activity/by-email", headers=bearer(store), json={"email": email})
    traced = shopbridge("trace", email, "--store", store.name, "--json")

    assert (scopes["known"], scopes["catalogue"]) == (True, True)
    assert (lacking["customers"], lacking["exact"]) == (12, True)
    assert [one["event_id"] for one in found.json()["deliveries"]] == [order.event_id]
    assert [one["event_id"] for one in traced.json["deliveries"]] == [order.event_id]


def test_consent_is_counted_as_it_changes(
    installed: NewStore, system: Run, http: httpx.Client
) -> None:
    """Somebody subscribes and thinks better of it: the page counts one who unsubscribed."""
    store = installed("counted")
    address = f"{system.api_url}/api/v1/subscriptions"
    [created] = store.happen("register", contact="email")
    yes, *_ = store.happen("newsletter_signup", created.resource)
    no, *_ = store.happen("unsubscribe_in_mail", created.resource)
    for one in (yes, no):
        assert store.post(one.topic, one.webhook) == 200

    until(
        lambda: (
            http.get(address, headers=bearer(store)).json()
            == {
                "subscribed": {"now": 0, "change_30d": 0},
                "not_subscribed": {"now": 0, "change_30d": 0},
                "unsubscribed": {"now": 1, "change_30d": 1},
            }
        ),
        "one has unsubscribed",
        seconds=60,
    )


def test_save_that_is_sent_twice_is_one(
    installed: NewStore, system: Run, http: httpx.Client
) -> None:
    """Under one Idempotency-Key the second is answered as the first was."""
    store = installed("repeated")
    address = f"{system.api_url}/api/v1/settings"
    read = http.get(address, headers=bearer(store))
    named = {"If-Match": read.headers["ETag"], "Idempotency-Key": "save-1"}
    body = {**read.json(), "country": "DE"}

    first = http.put(address, headers={**bearer(store), **named}, json=body)
    second = http.put(address, headers={**bearer(store), **named}, json=body)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.headers["ETag"] == second.headers["ETag"]


def test_nobody_else_gets_in(installed: NewStore, system: Run, http: httpx.Client) -> None:
    """Not with another secret, not without a token, and not on the operators' path."""
    store = installed("nobody")
    api, ops = f"{system.api_url}/api/v1", f"{system.api_url}/ops/v1/stores/{store.name}"

    forged = http.get(f"{api}/settings", headers=bearer(store, "shpss_guess"))
    silent = http.get(f"{api}/settings")
    operator = http.get(f"{ops}/settings", headers=bearer(store))

    assert [one.status_code for one in (forged, silent, operator)] == [401, 401, 404]


def _part(told: object) -> str:
    return _encoded(json.dumps(told).encode())


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
