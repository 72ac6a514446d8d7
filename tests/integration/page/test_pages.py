"""The merchant's page: who gets in, what is shown, how large it is."""

from datetime import timedelta

import pytest

from shopbridge.page.assets import digest
from shopbridge.stores.settings import HistoricSync
from tests.integration.account import NOW, STORE
from tests.integration.api.calling import OLD_SECRET, claims, token
from tests.integration.catalogue import Press
from tests.integration.page.reading import fields, read, sections, weight
from tests.integration.page.visiting import Browser
from tests.unit.catalogue.goods import row

PAGES = ("/", "/from-shopify", "/historic-sync", "/to-shopify", "/activity")
STEPS = ("netcore", "primary_key", "data", "historic_sync", "website_tracking")
OTHER = "other-store.myshopify.com"


@pytest.mark.parametrize("path", PAGES)
def test_page_is_framed_by_its_store_alone(browser: Browser, path: str) -> None:
    """Each page may be shown in its store's admin and nowhere else, and is kept by nobody."""
    said = browser.open(path)

    assert said.status == 200
    assert said.headers["Cache-Control"] == "no-store"
    assert said.headers["Content-Security-Policy"].startswith(
        f"frame-ancestors https://{STORE} https://admin.shopify.com; script-src 'self' "
        "https://cdn.shopify.com;"
    )


@pytest.mark.parametrize("path", PAGES)
def test_app_bridge_is_the_first_script_and_preloads_name_what_is_loaded(
    browser: Browser, path: str
) -> None:
    """App Bridge insists on being first; a preload of another address would load twice."""
    said = browser.open(path)

    scripts = [tag.attributes["src"] for tag in read(said.text) if tag.name == "script"
               and "src" in tag.attributes]  # fmt: skip
    assert scripts[:2] == [
        "https://cdn.shopify.com/shopifycloud/app-bridge.js",
        "https://cdn.shopify.com/shopifycloud/polaris-1.js",
    ]
    assert [part.partition(">")[0][1:] for part in said.headers["Link"].split(", ")] == scripts[:2]


def test_home_says_what_is_missing(browser: Browser) -> None:
    """A store that was installed a moment ago is told all that keeps it from sending."""
    said = browser.open("/")

    assert "Action needed" in said.text
    assert "Connect Netcore first: the contact list&#39;s id is missing." in said.text
    assert "Enable it: nothing is sent yet." in said.text
    assert "0 of 5 steps done." in said.text
    assert sections(said.text) == ["Status", "Set-up guide", "E-mail subscriptions"]


def test_from_shopify_has_the_guides_sections_and_final_names(browser: Browser) -> None:
    """The guide's four sections, and each attribute under the name that it has at Netcore."""
    said = browser.open("/from-shopify")

    assert sections(said.text) == [
        "Historic sync",
        "Auto-created and synced attributes",
        "Webhook-based event tracking",
        "Sync subscription data",
    ]
    labels = {tag.attributes["name"]: tag.attributes["label"] for tag in fields(said.text)}
    assert labels["attributes.store.TOTALSPENT"] == "SH_TOTALSPENT_VAPID_STORE"
    assert labels["attributes.store.EMAIL_SUBSCRIPTION"] == "SH_EMAIL_SUBSCRIPTION_VAPID_STORE"
    assert labels["attributes.contact.CUSTID"] == "CUSTID"
    assert labels["events.Order Updates"] == "Order Updates"
    assert labels["attributes.own.0.label"] == "Name 1"


def test_feed_and_its_locations_are_shown_with_the_catalogue(browser: Browser) -> None:
    """A switch for each location that the feed found; the address comes from the API."""
    press = Press(browser.gateway.account)
    store = press.store(STORE)
    assert store
    press.save(store, product_catalogue=True, catalogue={"locations": {"6": False}})
    empty = browser.open("/from-shopify")
    press.put(row())
    press.look()

    said = browser.open("/from-shopify")

    assert sections(said.text)[1] == "Product feed"
    assert "They are listed here as soon as the feed is built." in empty.text
    shown = {tag.attributes["name"]: "checked" in tag.attributes for tag in fields(said.text)
             if tag.attributes["name"].startswith("catalogue.")}  # fmt: skip
    assert shown == {
        "catalogue.locations.5": True,
        "catalogue.locations.6": False,
        "catalogue.currency_in_prices": True,
    }
    assert press.address() not in said.text


def test_a_run_can_be_read_before_scripts_are_there(browser: Browser) -> None:
    """What the run has come to is in the page itself; buttons for other states are hidden."""
    api, stores = browser.gateway, browser.gateway.account.repository(STORE)
    store = stores.get()
    assert store
    chosen = {"historic_sync": HistoricSync(contacts=True)}
    store = stores.save(store, store.settings.model_copy(update=chosen), NOW)
    stores.set_status(store, "enabled")
    before = browser.open("/historic-sync")
    api("POST", "/sync/start", {"days": 90})

    said = browser.open("/historic-sync")

    assert '<strong data-text="state">NOT BEGUN</strong>' in before.text
    assert '<strong data-text="state">RUNNING</strong>' in said.text
    assert '<h3 data-text="stream">customers</h3>' in said.text
    shown = [tag.attributes["data-post"] for tag in read(said.text)
             if "data-post" in tag.attributes and "hidden" not in tag.attributes]  # fmt: skip
    assert shown == ["/sync/pause", "/sync/cancel"]
    (bar,) = [tag.attributes for tag in read(said.text) if tag.name == "progress"][:1]
    assert (bar["aria-label"], bar["value"]) == ("customers", "0.0")


def test_to_shopify_has_the_guides_sections(browser: Browser) -> None:
    """Unsubscribes, profiles and the six events of the website; the theme editor is a link away."""
    said = browser.open("/to-shopify")

    assert sections(said.text) == [
        "Sync unsubscription data",
        "Profile sync: Netcore to Shopify",
        "What Netcore calls",
        "Activate website tracking",
    ]
    names = [tag.attributes["name"] for tag in fields(said.text)]
    assert names == [
        "to_shopify.unsubscribes",
        "to_shopify.profiles",
        "to_shopify.conflicts",
        "website_tracking.events.Page Browse",
        "website_tracking.events.Product Search",
        "website_tracking.events.Page View",
        "website_tracking.events.Add to Cart",
        "website_tracking.events.Remove from Cart",
        "website_tracking.events.Checkout",
    ]
    assert f"https://{STORE}/admin/themes/current/editor?context=apps" in said.text
    assert f"https://api.example/netcore/{STORE}/events" in said.text


@pytest.mark.parametrize("step", STEPS)
def test_guide_opens_the_step_that_is_asked_for(browser: Browser, step: str) -> None:
    """Each step can be opened by itself; the others are links."""
    said = browser.open("/", step=step)

    current = [tag for tag in read(said.text) if tag.attributes.get("aria-current") == "step"]
    assert len(current) == 1
    forms = [tag.attributes for tag in read(said.text) if tag.name == "form"]
    assert [form.get("data-step", "netcore") for form in forms] == [step]


def test_guide_goes_on_where_it_stopped(browser: Browser) -> None:
    """What is connected and chosen counts as done; the next step is open."""
    stores = browser.gateway.account.repository(STORE)
    store = stores.get()
    assert store
    settings = store.settings.model_validate(
        {
            "netcore": {"website_id": "w", "list_id": 7, "notify_email": "ops@example.com"},
            "guide": {"done": ["primary_key"]},
        }
    )
    stores.save(store, settings, NOW, netcore_key=b"sealed")

    said = browser.open("/")

    assert "2 of 5 steps done." in said.text
    assert [t.attributes["data-step"] for t in read(said.text) if t.name == "form"] == ["data"]


def test_text_from_outside_is_escaped(browser: Browser) -> None:
    """What somebody saved comes back as text, in fields and in the script's copy alike."""
    evil = '"><script>alert(1)</script>'
    stores = browser.gateway.account.repository(STORE)
    store = stores.get()
    assert store
    netcore = store.settings.netcore.model_copy(update={"website_id": evil})
    stores.save(store, store.settings.model_copy(update={"netcore": netcore}), NOW)

    said = browser.open("/", step="netcore", host=evil)

    assert "<script>alert" not in said.text
    values = {tag.attributes["name"]: tag.attributes.get("value") for tag in fields(said.text)}
    assert values["netcore.website_id"] == evil


def test_without_a_token_app_bridge_fetches_one(browser: Browser) -> None:
    """The browser is sent to an empty page of the same store, which leads back."""
    said = browser.ask("/from-shopify", shop=STORE, host="aG9zdA")

    assert said.status == 302
    assert said.headers["Location"] == (
        f"session-token?shop={STORE}&host=aG9zdA&shopify-reload=%2Ffrom-shopify%3Fshop%3D{STORE}"
        "%26host%3DaG9zdA%26embedded%3D1%26again%3D1"
    )
    between = browser.ask("/session-token", shop=STORE)
    assert between.status == 200
    assert between.headers["Content-Security-Policy"].startswith(
        f"frame-ancestors https://{STORE} https://admin.shopify.com;"
    )


BAD_TOKENS = {
    "of another secret": token(claims(), "shpss_guess"),
    "ended": token(claims(exp=int((NOW - timedelta(seconds=11)).timestamp()))),
    "without signature": token(claims(), algorithm="none"),
    "for another app": token(claims(aud="another")),
}


@pytest.mark.parametrize("bad", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_bad_token_shows_nothing(browser: Browser, bad: str) -> None:
    """A new token is fetched once; if that is no better, a sentence is all there is."""
    first = browser.open("/", bearer=bad)
    second = browser.open("/", bearer=bad, again="1")
    reloaded = browser.ask("/", shop=STORE, again="1")

    assert (first.status, first.headers["Location"].partition("?")[0]) == (302, "session-token")
    assert second.status == 401
    assert "Shopify did not say who you are." in second.text
    assert reloaded.status == 302


def test_old_client_secret_still_opens_the_page(browser: Browser) -> None:
    """While two client secrets are in use, a token of either is believed."""
    said = browser.open("/", bearer=token(claims(), OLD_SECRET))

    assert said.status == 200


@pytest.mark.parametrize("shop", ["evil.com", "evil.com/?.myshopify.com", "", f"{STORE}%0a"])
def test_no_address_outside_shopify_is_ever_named(browser: Browser, shop: str) -> None:
    """A parameter that names no store is not repeated, neither in a header nor in a page."""
    for path in ("/", "/session-token"):
        said = browser.ask(path, shop=shop)

        assert said.status == 400
        assert "frame-ancestors 'none'" in said.headers["Content-Security-Policy"]
        assert "evil" not in said.text


def test_the_store_is_the_tokens(browser: Browser) -> None:
    """A token of a store that never installed us shows how it is connected, not another's page."""
    said = browser.open("/", bearer=token(claims(OTHER)))

    assert said.status == 200
    assert "Connecting your store" in said.text
    assert f"frame-ancestors https://{OTHER} " in said.headers["Content-Security-Policy"]
    assert STORE not in said.text


def test_shopifys_link_begins_an_install(browser: Browser) -> None:
    """A signed link that is not embedded goes through the grant."""
    said = browser.ask("/", shop=STORE, hmac="00", timestamp="1", host="aG9zdA")

    assert said.status == 302
    assert said.headers["Location"] == f"auth/begin?shop={STORE}&hmac=00&timestamp=1&host=aG9zdA"


def test_an_uninstalled_store_is_connected_anew(browser: Browser) -> None:
    """Nothing of a store is shown before it has authorised the app again."""
    stores = browser.gateway.account.repository(STORE)
    store = stores.get()
    assert store
    stores.uninstall(store, NOW)

    said = browser.open("/from-shopify")

    assert "Connecting your store" in said.text
    assert "SH_" not in said.text


def test_assets_are_kept_for_good_under_their_digest(browser: Browser) -> None:
    """Another digest gets today's script, and is asked for again."""
    kept = browser.ask(f"/assets/{digest()}/core.js")
    old = browser.ask("/assets/000000000000/core.js")
    nothing = browser.ask(f"/assets/{digest()}/../frame.py")

    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert (old.status, old.headers["Cache-Control"], old.text) == (200, "no-store", kept.text)
    assert nothing.status == 404


def test_pages_and_scripts_stay_within_their_budget(browser: Browser) -> None:
    """40,000 bytes of HTML, and 8,192 of script for any page."""
    opened = [browser.open(path) for path in PAGES]
    opened += [browser.open("/", step=step) for step in STEPS]

    assert max(len(said.text.encode()) for said in opened) <= 40_000
    assert max(map(weight, ("settings.js", "activity.js", "historic-sync.js"))) <= 8192
