"""Back to Shopify from the command line: Netcore's secret, links, and why somebody unsubscribed."""

from datetime import UTC, datetime

import boto3
import pytest

from shopbridge.commands import ChangeConsent
from shopbridge.consents.carried import wanted
from shopbridge.contacts.repository import Contacts
from shopbridge.ledger.names import DIRECTORY
from shopbridge.to_shopify.links import read
from tests.integration.account import REGION, STORE, Account
from tests.integration.command import shopbridge

SECRET = "shpss_0123456789abcdef"
URL = f"https://api.example/netcore/{STORE}/events"


@pytest.fixture(autouse=True)
def _deployed(account: Account) -> None:
    account.describe()
    account.ledger.put_item(Item={"delivery": DIRECTORY, "row": STORE})
    boto3.client("ssm", region_name=REGION).put_parameter(
        Name="/shopbridge/test/client-secrets", Value=f'["{SECRET}"]', Type="SecureString"
    )
    account.repository(STORE).install(datetime(2026, 11, 1, tzinfo=UTC))


def test_a_secret_is_printed_when_it_is_made_and_never_again() -> None:
    """With addresses to paste into Netcore."""
    made = shopbridge("to-shopify", "secret", "--json").json

    later = shopbridge("to-shopify", "show", "--json")

    assert made["unsubscribes"] == f"{URL}/{made['secret']}?as=unsubscribes"
    assert later.json["url"] == URL
    assert len(later.json["secrets"]) == 1
    assert made["secret"] not in later.out


def test_an_older_secret_is_forgotten_where_asked() -> None:
    """Two are valid otherwise."""
    shopbridge("to-shopify", "secret")
    both = shopbridge("to-shopify", "secret", "--json") and shopbridge(
        "to-shopify", "show", "--json"
    )

    shopbridge("to-shopify", "secret", "--forget-older")

    one = shopbridge("to-shopify", "show", "--json")
    assert (len(both.json["secrets"]), len(one.json["secrets"])) == (2, 1)


def test_a_link_is_the_customers_own() -> None:
    """As the contact's attribute has it."""
    url = shopbridge("to-shopify", "link", "7001", "--json").json["url"]

    link = read(url.rpartition("/")[2], [SECRET])
    assert url.startswith("https://api.example/u/")
    assert link is not None
    assert (link.store, link.customer_id, link.channel) == (STORE, "7001", "email")


def test_a_link_of_nobody_is_a_mistake() -> None:
    """Customers are numbers."""
    assert shopbridge("to-shopify", "link", "ada@example.com").code == 2


def test_why_somebody_is_unsubscribed(account: Account) -> None:
    """Each word that stood, where it was heard, and what it comes to."""
    contacts, store = Contacts(account.contacts, STORE), account.repository(STORE).get()
    assert store
    for day, state, source in ((16, "subscribed", "webhook"), (17, "unsubscribed", "one_click")):
        at = datetime(2026, 11, day, 8, tzinfo=UTC)
        word = ChangeConsent("7001", "email", state, at, source=source)  # type: ignore[arg-type]  # both are states
        contacts.want(contacts.get(["7001"])["7001"], {"email": wanted(store, word, at)})

    told = shopbridge("trace", "consent", "7001", "--json")
    said = shopbridge("trace", "consent", "customer#7001")

    assert [(one["state"], one["source"]) for one in told.json["history"]] == [
        ("subscribed", "webhook"),
        ("unsubscribed", "one_click"),
    ]
    assert said.out.splitlines()[-1] == (
        "email: unsubscribed since 2026-11-17T08:00:00.000000Z, the mail program's own"
        " unsubscribe button; Netcore does not have it yet"
    )


@pytest.mark.parametrize(("words", "code"), [(("consent", "7009"), 1), (("#1001", "7001"), 2)])
def test_nothing_known_and_two_names_are_said(words: tuple[str, str], code: int) -> None:
    """Findings, or a mistake of whoever asks."""
    assert shopbridge("trace", *words).code == code
