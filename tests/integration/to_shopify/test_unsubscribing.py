"""The link in a mail: a page that asks, a POST that does, and no way to guess or make one."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from shopbridge.commands import Channel, Identity, Unsubscribe
from shopbridge.shopify.derived import sign
from shopbridge.stores.settings import ToShopify
from shopbridge.to_shopify.links import Link, expiry, write
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.system import SECRET, SETTINGS
from tests.integration.to_shopify.netcore_side import NetcoreSide


def token(netcore: NetcoreSide, channel: Channel = "email", secret: str = SECRET) -> str:
    """Write a token of customer 7001."""
    ends = expiry(netcore.clock.now())
    return write(Link(netcore.name, "7001", channel, ends), secret)


def test_looking_at_a_link_changes_nothing(netcore: NetcoreSide) -> None:
    """GET shows a form and no more: mail programs and scanners open links."""
    page = netcore.visit(token(netcore))

    assert page["statusCode"] == 200
    assert '<form method="post">' in page["body"]
    assert netcore.published() == []


@pytest.mark.parametrize(
    ("body", "source"), [("", "page"), ("List-Unsubscribe=One-Click", "one_click")]
)
def test_posting_unsubscribes(netcore: NetcoreSide, body: str, source: str) -> None:
    """The button, or a mail program by itself (RFC 8058): one command, nothing in the archive."""
    page = netcore.visit(token(netcore), "POST", body)

    (sent,) = netcore.published()
    now = netcore.clock.now().replace(microsecond=0)
    assert page["statusCode"] == 200
    assert "You are unsubscribed" in page["body"]
    assert sent.head.commands == (Unsubscribe(Identity("7001"), "email", now, source),)
    assert netcore.published("archive") == []


def test_a_link_counts_whatever_is_switched_off(cloud: Cloud) -> None:
    """The switch is about what Netcore says; here the person said it to us."""
    off = SETTINGS.model_copy(update={"to_shopify": ToShopify(unsubscribes=False)})
    netcore = NetcoreSide(cloud, settings=off)

    netcore.visit(token(netcore), "POST")

    assert len(netcore.published()) == 1


def test_a_flood_of_one_link_is_one_word(netcore: NetcoreSide) -> None:
    """Within ten seconds a repeat says nothing new; every answer is the same."""
    pages = [netcore.visit(token(netcore), "POST")["statusCode"] for _ in range(20)]

    assert pages == [200] * 20
    assert len(netcore.published()) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_changed_token_is_no_link(netcore: NetcoreSide, method: str) -> None:
    """Each character counts: nobody walks from one customer to the next."""
    whole = token(netcore)
    changed = [f"{whole[:i]}{'A' if whole[i] != 'A' else 'B'}{whole[i + 1 :]}" for i in range(40)]
    odd = ["", ".", "a.b", "é", whole.partition(".")[0], whole * 9]

    statuses = {netcore.visit(one, method)["statusCode"] for one in [*changed, *odd]}

    assert statuses == {404}
    assert netcore.published() == []


def test_a_token_of_another_purpose_or_key_is_no_link(netcore: NetcoreSide) -> None:
    """The client secret itself, or a key derived for something else, signs no link."""
    said = token(netcore).partition(".")[0]

    forged = [f"{said}.{sign(said, 'cookie', SECRET)}", token(netcore, secret="shpss_other")]

    assert {netcore.visit(one)["statusCode"] for one in forged} == {404}


def test_a_link_expires(netcore: NetcoreSide) -> None:
    """After two to three years; it says so, and does nothing."""
    link = token(netcore)
    netcore.clock.sleep((datetime(2029, 1, 1, tzinfo=UTC) - netcore.clock.now()).total_seconds())

    page = netcore.visit(link, "POST")

    assert page["statusCode"] == 410
    assert "This link has expired" in page["body"]
    assert netcore.published() == []


def test_a_store_that_is_gone_takes_nothing(netcore: NetcoreSide) -> None:
    """A genuine link of a store that was forgotten."""
    netcore.cloud.table("stores").delete_item(Key={"store": netcore.name})

    assert netcore.visit(token(netcore), "POST")["statusCode"] == 404


def test_the_page_loads_nothing_and_keeps_its_address(netcore: NetcoreSide) -> None:
    """No script, no frame around it, no referrer, no cache; the address holds the token."""
    page = netcore.visit(token(netcore))

    parser = _Tags()
    parser.feed(page["body"])
    policy = page["headers"]["Content-Security-Policy"]
    assert {"script", "img", "link", "iframe"}.isdisjoint(parser.tags)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'; frame-ancestors 'none'" in policy
    assert page["headers"]["Referrer-Policy"] == "no-referrer"
    assert page["headers"]["Cache-Control"] == "no-store"
    assert netcore.name.partition(".")[0] in page["body"]


def test_the_token_names_nobody_in_clear(netcore: NetcoreSide) -> None:
    """It holds ids of store and customer; no address, no name."""
    link = token(netcore, "sms")

    page = netcore.visit(link)

    assert "text messages" in page["body"]
    assert "@" not in link
    assert len(link) < 190


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
