"""What a customer's question means: somebody is to be told what is held of them."""

from typing import Final

from shopbridge import reasons
from shopbridge.commands import ExportPerson, Identity
from shopbridge.errors import WrongStore
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.data_request import DataRequest
from shopbridge.stores.profile import Profile
from shopbridge.translate.identity import usable_email, usable_phone

MOST_ORDERS: Final = 1_000
"""The newest that travel: a command has to fit into a message, and the ledger knows 90 days."""


def asked(request: DataRequest, store: Profile) -> ExportPerson:
    """
    Say whose data is asked for.

    Raises:
        WrongStore: the body is another store's; only the header says whose it is.
    """
    if request.shop_domain and request.shop_domain.lower() != store.store:
        raise WrongStore(reasons.WRONG_STORE)
    person = request.customer
    orders = sorted({plain_id(order) for order in request.orders_requested}, key=int)
    return ExportPerson(
        request_id=plain_id(request.data_request.id),
        person=Identity(
            customer_id=plain_id(person.id) if person.id is not None else None,
            email=usable_email(person.email),
            phone=usable_phone(person.phone),
        ),
        orders=tuple(orders[-MOST_ORDERS:]),
        orders_left_out=max(0, len(orders) - MOST_ORDERS),
    )
