"""What resources can be searched by; a filter is added here by name."""

from collections.abc import Mapping

from local.store.admin.search import Getter
from local.store.bodies.customers import email_of, phone_of
from local.store.bodies.scalars import number

ANY: Mapping[str, Getter] = {
    "id": lambda each: number(each["id"]),
    "created_at": lambda each: each["createdAt"],
    "updated_at": lambda each: each["updatedAt"],
    "tag": lambda each: each.get("tags"),
    "title": lambda each: each.get("title"),
    "sku": lambda each: each.get("sku"),
    "name": lambda each: each.get("name"),
    "email": lambda each: each.get("email"),
    "status": lambda each: each.get("status"),
}
CUSTOMERS: Mapping[str, Getter] = {
    **ANY,
    "customer_date": lambda each: each["createdAt"],
    "email": email_of,
    "phone": phone_of,
    "first_name": lambda each: each["firstName"],
    "last_name": lambda each: each["lastName"],
    "state": lambda each: each["state"],
    "orders_count": lambda each: int(each["numberOfOrders"]),
}
ORDERS: Mapping[str, Getter] = {
    **ANY,
    "processed_at": lambda each: each["processedAt"],
    "customer_id": lambda each: each["customer"] and number(each["customer"]),
    "checkout_token": lambda each: each["checkoutToken"],
    "cart_token": lambda each: each["cartToken"],
    "financial_status": lambda each: each["displayFinancialStatus"],
    "fulfillment_status": lambda each: each["displayFulfillmentStatus"],
    "status": lambda each: ["any", "closed" if each["closed"] else "open"],
}
VARIANTS: Mapping[str, Getter] = {**ANY, "product_id": lambda each: number(each["product"])}
CHECKOUTS: Mapping[str, Getter] = {
    "id": lambda each: number(each["id"]),
    "created_at": lambda each: each["createdAt"],
    "updated_at": lambda each: each["updatedAt"],
    "recovery_state": lambda each: "recovered" if each["completedAt"] else "not_recovered",
}
