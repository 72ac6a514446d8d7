"""Mutations that write customers and tags."""

from typing import Any

from local.store.admin.answers import Json, user_error
from local.store.admin.call import Args, Call
from local.store.admin.queries import by_identifier
from local.store.bodies import customers as bodies
from local.store.life.contacts import email_address, phone_number
from local.store.life.customers import updated
from local.store.resources import Change, Resource
from local.store.world import World

_PLAIN = ("firstName", "lastName", "note", "locale", "tags", "taxExempt")


def set_customer(call: Call, args: Args) -> Json:
    """Resolve `customerSet`: update who is identified, or create them; lists are replaced."""
    identifier, given = args.get("identifier") or {}, args["input"]
    for name in ("email", "phone"):
        if identifier.get(name) and given.get(name, identifier[name]) != identifier[name]:
            message = "The identifier value does not match the value of the input field"
            return _failed(message, "input", name, code="INPUT_MISMATCH")
    customer = by_identifier(call, identifier) if identifier else None
    if customer is None and identifier.get("id"):
        return _failed("Customer does not exist", "identifier", "id", code="NOT_FOUND")
    return _write(call, customer, {**given, **_contact(identifier)})


def create_customer(call: Call, args: Args) -> Json:
    """Resolve `customerCreate`."""
    return _write(call, None, args["input"])


def update_customer(call: Call, args: Args) -> Json:
    """Resolve `customerUpdate`."""
    customer = call.world.resources.get(args["input"].get("id"))
    if customer is None:
        return _failed("Customer does not exist", "id")
    return _write(call, customer, args["input"])


def add_tags(call: Call, args: Args) -> Json:
    """Resolve `tagsAdd` for customers, orders and products."""
    return _tags(call, args, "customer.tags_added", lambda old, new: sorted({*old, *new}))


def remove_tags(call: Call, args: Args) -> Json:
    """Resolve `tagsRemove` for customers, orders and products."""
    return _tags(call, args, "customer.tags_removed", lambda old, new: sorted({*old} - {*new}))


def _tags(call: Call, args: Args, topic: str, merged: Any) -> Json:
    node = call.world.resources.get(args["id"])
    if node is None:
        return {"node": None, "userErrors": [user_error("Resource does not exist", "id")]}
    tags = merged(node["tags"], args["tags"])
    changed = sorted({*tags} ^ {*node["tags"]})
    if changed:
        call.world.change(node, tags=tags)
    if changed and node["__typename"] == "Customer":
        body = bodies.tags(node, changed, call.world.stamp())
        call.changes += [Change(topic, node["id"], body), updated(call.world, node)]
    return {"node": node, "userErrors": []}


def _write(call: Call, customer: Resource | None, given: Json) -> Json:
    taken = _taken(call, customer, given)
    if taken:
        return _failed(f"{taken.capitalize()} has already been taken", "input", taken, code="TAKEN")
    topic = "customers/update" if customer else "customers/create"
    customer = customer or _empty(call.world)
    fields: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
    fields |= _reached(customer, given)
    name = [fields.get(each, customer[each]) for each in ("firstName", "lastName")]
    call.world.change(customer, **fields, displayName=" ".join(each for each in name if each))
    body = bodies.customer(call.world, customer)
    call.changes.append(Change(topic, customer["id"], body))
    return {"customer": customer, "userErrors": []}


def _taken(call: Call, customer: Resource | None, given: Json) -> str | None:
    for name in ("email", "phone"):
        other = by_identifier(call, {name: given[name]}) if given.get(name) else None
        if other is not None and other is not customer:
            return name
    return None


def _reached(customer: Resource, given: Json) -> Json:
    fields: Json = {}
    if given.get("email") not in (None, bodies.email_of(customer)):
        fields["defaultEmailAddress"] = email_address(given["email"])
    if given.get("phone") not in (None, bodies.phone_of(customer)):
        fields["defaultPhoneNumber"] = phone_number(given["phone"])
    return fields


def _contact(identifier: Json) -> Json:
    return {name: identifier[name] for name in ("email", "phone") if identifier.get(name)}


def _failed(message: str, *path: str, code: str | None = None) -> Json:
    return {"customer": None, "userErrors": [user_error(message, *path, code=code)]}


def _empty(world: World) -> Resource:
    return world.add(
        "Customer",
        firstName=None,
        lastName=None,
        displayName="",
        locale="en",
        state="DISABLED",
        note=None,
        tags=[],
        taxExempt=False,
        taxExemptions=[],
        verifiedEmail=True,
        dataSaleOptOut=False,
        multipassIdentifier=None,
        numberOfOrders="0",
        amountSpent={"amount": "0.0", "currencyCode": world.currency},
        lastOrder=None,
        orders=[],
        defaultEmailAddress=None,
        defaultPhoneNumber=None,
        defaultAddress=None,
        addressesV2=[],
    )
