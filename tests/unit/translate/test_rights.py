"""What people's rights become."""

import random
from typing import Any

import msgspec
import pytest

from shopbridge.errors import InvalidPayload, WrongStore
from shopbridge.message import write
from tests.integration.messages import HEAD
from tests.unit.translate.given import payload, translated

TOPIC = "customers/data_request"


def asked(**changes: Any) -> Any:
    """Translate the fixture's payload, changed."""
    (command,) = translated(TOPIC, payload(TOPIC, **changes))
    return command


@pytest.mark.parametrize(
    ("customer", "email", "phone"),
    [
        ({"id": 7001}, None, None),
        ({"id": 7001, "email": None, "phone": None}, None, None),
        ({"id": 7001, "email": "a@example.com"}, "a@example.com", None),
        ({"id": 7001, "email": "", "phone": ""}, None, None),
    ],
)
def test_what_shopify_leaves_out_stays_unknown(
    customer: dict[str, Any], email: str | None, phone: str | None
) -> None:
    """Phone and address may be null, empty or missing."""
    command = asked(customer=customer)

    assert command.person.customer_id == "7001"
    assert (command.person.email, command.person.phone) == (email, phone)


def test_a_person_may_have_no_account() -> None:
    """Of somebody who bought as a guest, Shopify names the address alone."""
    command = asked(customer={"email": "guest@example.com"})

    assert command.person.customer_id is None
    assert command.person.email == "guest@example.com"


def test_the_newest_thousand_orders_travel() -> None:
    """A message is limited; how many are left out is said, so that the bundle can say it."""
    command = asked(orders_requested=[*range(1, 1_003), 1_002])

    assert len(command.orders) == 1_000
    assert (command.orders[0], command.orders[-1]) == ("3", "1002")
    assert command.orders_left_out == 2


def test_another_stores_request_is_refused() -> None:
    """Only the body is signed: it must name the store that the header names."""
    with pytest.raises(WrongStore):
        asked(shop_domain="other.myshopify.com")


@pytest.mark.parametrize("request_id", [None, "../../other", "7/../8", -1, 1.5])
def test_a_request_is_named_by_a_number(request_id: object) -> None:
    """Its id becomes part of a key in S3: nothing but digits passes."""
    with pytest.raises(InvalidPayload):
        asked(data_request={"id": request_id})


@pytest.mark.parametrize("topic", [TOPIC, "customers/redact", "shop/redact"])
def test_only_the_store_itself_asks(topic: str) -> None:
    """A body of one store under the name of another is kept, and rings."""
    with pytest.raises(WrongStore):
        translated(topic, payload(topic, shop_domain="other.myshopify.com"))


def test_ten_thousand_orders_fit_into_a_message() -> None:
    """All orders of a person to be forgotten travel, though each id has thirteen digits."""
    orders = random.Random(1).sample(range(5_000_000_000_000, 6_000_000_000_000), 10_000)

    (command,) = translated(
        "customers/redact", payload("customers/redact", orders_to_redact=orders)
    )

    assert command.orders == tuple(map(str, sorted(orders)))  # type: ignore[union-attr]  # an ErasePerson
    assert (
        len(write(msgspec.structs.replace(HEAD, commands=(command,), numbers=(0,)), b"")) < 100_000
    )
