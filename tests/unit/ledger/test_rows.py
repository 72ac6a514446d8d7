"""Names and shapes of rows."""

import pytest

from shopbridge.commands import ChangeConsent, Command, RefreshContact, RefreshProduct
from shopbridge.ledger.rows import Made, made, summary


@pytest.mark.parametrize(
    ("command", "ended", "text"),
    [
        (RefreshContact("7001"), None, "RefreshContact|7001|"),
        (RefreshContact("a|b"), "disabled", "RefreshContact|a|b|disabled"),
        (RefreshProduct(inventory_item_id="3"), None, "RefreshProduct|inventory item 3|"),
        (
            ChangeConsent("7001", "email", "unsubscribed"),
            "disabled",
            "ChangeConsent|email unsubscribed|disabled",
        ),
    ],
)
def test_summary_can_be_read(command: Command, ended: str | None, text: str) -> None:
    """What a delivery's row says of a command comes back, whatever its label holds."""
    kind, _, rest = text.partition("|")

    assert summary(command, ended) == text
    assert made(text) == Made(kind, rest.rpartition("|")[0], ended or "")
