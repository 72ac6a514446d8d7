"""How many customers a primary key would leave out, before it is saved."""

from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk
from shopbridge.shopify import counting


class ByKey(BaseModel):
    """Customers who have nothing that could be the key."""

    CUSTID: int
    EMAIL: int
    MOBILE: int


class Lacking(BaseModel):
    """All customers, and how many of them each key leaves out."""

    customers: int
    lacking: ByKey
    exact: bool
    """False: there are at least so many; the store has too many to count while you wait."""


def lacking(desk: AtDesk) -> Lacking:
    """Ask Shopify how many customers have no e-mail address or phone; each has an id."""
    with desk.shopify() as shopify:
        all_ = counting.customers(shopify)
        email, phone = counting.lacking(shopify, "email"), counting.lacking(shopify, "phone")
    return Lacking(
        customers=all_.number,
        lacking=ByKey(CUSTID=0, EMAIL=email.number, MOBILE=phone.number),
        exact=all_.is_exact and email.is_exact and phone.is_exact,
    )
