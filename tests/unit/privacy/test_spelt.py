"""Which texts may speak of a person: in doubt, any that could."""

import pytest

from shopbridge.commands import Identity
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.spelt import Spelt

ADA = Spelt(Sought(Identity("7001", "Ada@example.com", "030 123456"), frozenset({"1001"}), "DE"))


@pytest.mark.parametrize(
    "text",
    [
        "7001",
        '{"id":7001}',
        "gid://shopify/Order/1001",
        "write to ADA@EXAMPLE.COM.",
        r"ada\u0040example.com",
        "+4930123456",
        "0049 30 12 34 56",
        "(030) 123-456",
        "+49 (0)30/123456",
    ],
)
def test_it_may_be_them(text: str) -> None:
    """Ids as whole numbers, the address in any case, the number however it is grouped."""
    assert ADA.is_in(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17001",
        "70010",
        "ada@example.org",
        "301234567",
        "5550130123456001",
        "ada at example.com",
    ],
)
def test_it_is_somebody_else(text: str) -> None:
    """Longer numbers and other addresses."""
    assert not ADA.is_in(text.encode())


def test_nobody_is_in_nothing() -> None:
    """Of a request that names no one nothing is deleted."""
    assert not Spelt(Sought(Identity())).is_in(b'{"id": null, "email": "", "phone": "1234567"}')


@pytest.mark.parametrize("phone", ["12", "112", "123456"])
def test_too_short_a_number_is_not_looked_for(phone: str) -> None:
    """It would be found in any text."""
    assert not Spelt(Sought(Identity(phone=phone))).is_in(f"call {phone}".encode())
