"""A contact whom an operator unblocked in Netcore's panel is no longer listed."""

from datetime import UTC, datetime

from shopbridge import reasons
from shopbridge.commands import ChangeConsent
from shopbridge.contacts.repository import Contacts
from shopbridge.work import Ended, Item
from tests.integration.account import STORE, Account
from tests.integration.command import shopbridge
from tests.integration.messages import HEAD

SUBSCRIBED = ChangeConsent("7001", "email", "subscribed", datetime(2026, 11, 23, 7, tzinfo=UTC))


def blocked(account: Account) -> Contacts:
    """Leave a contact blacklisted who has subscribed again, and its command parked."""
    contacts = Contacts(account.contacts, STORE)
    row = contacts.get(["7001"])["7001"]
    assert contacts.begin_blacklisting(row, datetime(2026, 11, 22, tzinfo=UTC))
    account.station.record(
        Item(HEAD, 0, SUBSCRIBED, "m1", 1), Ended("parked", reasons.UNBLOCK_NEEDED)
    )
    return contacts


def test_resuming_by_reason_takes_the_operators_word(account: Account) -> None:
    """`parked resume --reason "unblock needed"` notes that the block was lifted."""
    account.describe()
    contacts = blocked(account)

    said = shopbridge(
        "parked", "resume", "--store", STORE, "--reason", reasons.UNBLOCK_NEEDED, "--json"
    )

    assert (said.code, said.json["resumed"]) == (0, 1)
    assert not contacts.get(["7001"])["7001"].is_blacklisted


def test_resuming_everything_leaves_it_listed(account: Account) -> None:
    """`parked resume --all` says nothing about the panel: the contact stays listed."""
    account.describe()
    contacts = blocked(account)

    said = shopbridge("parked", "resume", "--store", STORE, "--all", "--json")

    assert (said.code, said.json["resumed"]) == (0, 0)
    assert contacts.get(["7001"])["7001"].is_blacklisted
