"""What new customers mean to Netcore."""

from shopbridge.commands import RecordActivity
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import Customer
from shopbridge.shopify.payloads.order import Buyer
from shopbridge.stores.profile import Profile
from shopbridge.translate.identity import mobile, of_buyer
from shopbridge.translate.params import compact


def registration(customer: Customer, store: Profile) -> RecordActivity:
    """`Customer Registration`, once per customer, with the contact details given."""
    buyer = Buyer(customer.id, customer.email, customer.phone)
    identity = of_buyer(buyer, emails=(), phone=None)
    return RecordActivity(
        name="Customer Registration",
        resource=customer.resource,
        identity=identity,
        params=compact(
            customerid=plain_id(customer.id),
            firstname=customer.first_name,
            lastname=customer.last_name,
            email=identity.email,
            mobile=mobile(identity.phone),
            store=store.handle,
        ),
        occurred_at=customer.created_at,
    )
