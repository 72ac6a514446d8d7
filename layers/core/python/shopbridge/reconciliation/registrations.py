"""What a customer's registration was, from the customer as GraphQL shows them now. Pure."""

from shopbridge.commands import RecordActivity
from shopbridge.shopify.payloads.customer import Customer as Body
from shopbridge.shopify.people import Customer
from shopbridge.stores.profile import Profile
from shopbridge.translate import customers


def registration(customer: Customer, store: Profile) -> RecordActivity:
    """`Customer Registration`, as the webhook's body would have told it."""
    body = Body(
        id=customer.id,
        email=customer.email,
        phone=customer.phone,
        first_name=customer.first_name,
        last_name=customer.last_name,
        created_at=customer.created_at,
    )
    return customers.registration(body, store)
