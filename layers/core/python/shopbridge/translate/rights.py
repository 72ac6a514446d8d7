"""What people's rights mean: somebody is to be told what is held of them, or to be forgotten."""

from collections.abc import Iterable
from typing import Final

from shopbridge import reasons
from shopbridge.commands import ErasePerson, EraseStore, ExportPerson, Identity
from shopbridge.errors import WrongStore
from shopbridge.shopify.payloads.base import Id, plain_id
from shopbridge.shopify.payloads.data_request import DataRequest, Person
from shopbridge.shopify.payloads.redaction import CustomerRedact, ShopRedact
from shopbridge.stores.profile import Profile
from shopbridge.translate.identity import usable_email, usable_phone

MOST_ORDERS: Final = 1_000
"""The newest that a bundle tells of: each is looked up, and the ledger knows 90 days."""


def asked(request: DataRequest, store: Profile) -> ExportPerson:
    """
    Say whose data is asked for.

    Raises:
        WrongStore: the body is another store's; only the header says whose it is.
    """
    _own(request.shop_domain, store)
    orders = _plain(request.orders_requested)
    return ExportPerson(
        request_id=plain_id(request.data_request.id),
        person=_person(request.customer),
        orders=orders[-MOST_ORDERS:],
        orders_left_out=max(0, len(orders) - MOST_ORDERS),
    )


def person_erased(told: CustomerRedact, store: Profile) -> ErasePerson:
    """
    Say who is to be forgotten, with all their orders: what is left out here would come back.

    Raises:
        WrongStore: the body is another store's.
    """
    _own(told.shop_domain, store)
    return ErasePerson(_person(told.customer), _plain(told.orders_to_redact))


def store_erased(told: ShopRedact, store: Profile) -> EraseStore:
    """
    Say that the store is to be forgotten.

    Raises:
        WrongStore: the body is another store's.
    """
    _own(told.shop_domain, store)
    return EraseStore()


def _own(named: str | None, store: Profile) -> None:
    if named and named.lower() != store.store:
        raise WrongStore(reasons.WRONG_STORE)


def _person(person: Person) -> Identity:
    return Identity(
        customer_id=plain_id(person.id) if person.id is not None else None,
        email=usable_email(person.email),
        phone=usable_phone(person.phone),
    )


def _plain(orders: Iterable[Id]) -> tuple[str, ...]:
    return tuple(sorted({plain_id(order) for order in orders}, key=int))
