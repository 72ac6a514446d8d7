"""What Shopify is told of website tracking when settings are saved, and what it does with it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from shopbridge.errors import AdminRejected
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.verdict import Answer
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Netcore, Settings, Spellings, WebsiteTracking
from shopbridge.stores.store import Store
from shopbridge.website_tracking.storefront import configure, pixel_settings, tracking
from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway as Api
from tests.integration.command import shopbridge

BASE = "http://store.test"
URL = "https://api.example.com/collect"


@pytest.fixture
def shop() -> Iterator[httpx.Client]:
    """A simulated store."""
    transport = InProcess(create_app([Shop(STORE)]))
    with httpx.Client(transport=transport, base_url=BASE) as client:
        yield client


def admin(shop: httpx.Client) -> Gateway:
    """Open its Admin API."""
    return Gateway(wire.connect(BASE, shop._transport), STORE, Shop().terms.token)


def store(settings: Settings | None = None, **changes: Any) -> Store:
    """Describe an enabled store."""
    profile = Profile(store=STORE, epoch=1, installed_at=NOW, pixel_key="pixel-key-1")
    given = Store(
        name=STORE,
        version=3,
        epoch=1,
        installed_at=NOW,
        status="enabled",
        settings=settings or Settings(netcore=Netcore(website_id="site-1")),
        profile=profile,
    )
    return replace(given, **changes)


def told(shop: httpx.Client, kind: str) -> list[dict[str, Any]]:
    """Return what the store holds of `kind`."""
    found: list[dict[str, Any]] = shop.get(f"/_world/{kind}").json()
    return found


def test_pixel_and_embed_learn_what_was_chosen(shop: httpx.Client) -> None:
    """The pixel is made with its settings; the app's own metafield holds the embed's."""
    configure(store(), admin(shop), URL)

    (pixel,), (metafield,) = told(shop, "pixels"), told(shop, "metafields")
    assert pixel["settings"] == {"endpoint": URL, "key": "pixel-key-1", "events": "Checkout"}
    assert (metafield["namespace"], metafield["key"]) == ("shopbridge", "tracking")
    assert json.loads(metafield["value"]) == {
        "on": True,
        "events": {
            "Page Browse": True,
            "Product Search": True,
            "Page View": True,
            "Add to Cart": True,
            "Remove from Cart": True,
            "Checkout": True,
        },
        "names": {
            "Page View": "Product View",
            "Add to Cart": "Add To Cart",
            "Remove from Cart": "Remove From Cart",
        },
        "keys": {},
        "primary_key": "CUSTID",
        "website_id": "site-1",
        "ids_as_text": False,
        "milliseconds": False,
    }


def test_saving_again_updates_what_is_there(shop: httpx.Client) -> None:
    """One pixel and one metafield, with the newest word; a dash where no event is on."""
    configure(store(), admin(shop), URL)
    off = Settings(website_tracking=WebsiteTracking(events={"Checkout": False}))

    configure(store(off), admin(shop), URL)

    (pixel,), (metafield,) = told(shop, "pixels"), told(shop, "metafields")
    assert pixel["settings"]["events"] == "-"
    assert json.loads(metafield["value"])["events"]["Checkout"] is False


def test_a_paused_store_sends_nothing() -> None:
    """Both are told, and the embed loads nothing then."""
    paused = store(status="paused")

    assert pixel_settings(paused, URL)["events"] == "-"
    assert tracking(paused)["on"] is False


def test_names_and_keys_are_the_panels() -> None:
    """What a store spells otherwise reaches the embed; names of webhooks' events do not."""
    spellings = Spellings(
        events={"Page View": "Seen", "Order Updates": "Changed"},
        keys={"prid": "productid"},
        ids_as_text=True,
    )

    written = tracking(store(Settings(netcore=Netcore(spellings=spellings), primary_key="EMAIL")))

    assert written["names"]["Page View"] == "Seen"
    assert "Order Updates" not in written["names"]
    assert (written["keys"], written["ids_as_text"]) == ({"prid": "productid"}, True)
    assert written["primary_key"] == "EMAIL"


class Refusing:
    """Stands for Shopify where the released app has no pixel, or refuses its settings."""

    def __init__(self, code: str) -> None:
        self.code = code

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Refuse."""
        del document, variables
        return Answer({"webPixelCreate": {"webPixel": None, "userErrors": [{"code": self.code}]}})


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("NO_EXTENSION", "the released app has no web pixel: shopify app deploy"),
        ("INVALID_SETTINGS", "Shopify refuses the pixel: INVALID_SETTINGS"),
    ],
)
def test_a_refusal_says_why(code: str, reason: str) -> None:
    """It is parked under this reason, which says what to do."""
    with pytest.raises(AdminRejected, match=reason):
        configure(store(), Refusing(code), URL)


def test_every_save_has_the_storefront_told(account: Account) -> None:
    """From the API: a change, the same again, enabling and pausing; never while rendering."""
    account.repository(STORE).install(NOW)
    api = Api(account)
    etag = api("GET", "/settings").etag
    saved = api("PUT", "/settings", {"country": "DE"}, headers={"If-Match": etag})
    api("PUT", "/settings", {"country": "DE"}, headers={"If-Match": saved.etag})

    versions = [one.version for one in api.configured]

    assert versions == [2, 2]


def test_the_command_line_has_it_told_too(account: Account) -> None:
    """One command for a version, with a row in the ledger that says it waits."""
    account.describe()
    installed = account.repository(STORE).install(NOW)
    account.repository(STORE).set_status(installed, "enabled")

    done = shopbridge(
        "settings", "set", "website_tracking.events.Checkout=false", f"--store={STORE}"
    )

    assert done.code == 0
    (history,) = account.reader.event(STORE, "settings-1-3")
    assert history.topic == "website/settings"
    assert [(end.kind, end.outcome) for end in history.ends] == [("ConfigureStorefront", "waiting")]


def test_a_store_that_was_never_enabled_is_left_alone(account: Account) -> None:
    """No pixel is made before the merchant has enabled the store."""
    account.describe()
    account.repository(STORE).install(NOW)

    shopbridge("settings", "set", "country=DE", f"--store={STORE}")

    assert list(account.reader.event(STORE, "settings-1-2")) == []


def test_the_page_can_ask_how_it_stands(account: Account) -> None:
    """Nothing there, told, out of date: as Shopify has it now."""
    repository = account.repository(STORE)
    enabled = repository.set_status(repository.install(NOW), "enabled")
    api = Api(account)
    before = api("GET", "/website-tracking").json
    configure(enabled, api._admin(enabled), URL)
    told_ = api("GET", "/website-tracking").json
    repository.save(
        enabled, Settings(website_tracking=WebsiteTracking(events={"Checkout": False})), NOW
    )
    after = api("GET", "/website-tracking").json

    assert (before["pixel"], told_["pixel"], after["pixel"]) == ("not there", "on", "not told yet")
    assert [one["name"] for one in told_["events"]][:2] == ["Page Browse", "Product Search"]
    assert told_["last_collected"] is None
