"""The query root: one resource by id or identifier, many by search, counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graphql import GraphQLSchema

from local.store.admin import bulk
from local.store.admin.answers import Json, refused
from local.store.admin.call import Args, Call, Root
from local.store.admin.filters import ANY, CHECKOUTS, CUSTOMERS, ORDERS, VARIANTS
from local.store.admin.pages import connection, whole
from local.store.admin.search import Getter, known_fields, read
from local.store.admin.storefront import find_pixel
from local.store.bodies.customers import email_of, phone_of
from local.store.resources import Resource

_ORDER_WINDOW = timedelta(days=60)
"""How far back an app sees orders without `read_all_orders`; set by Shopify."""
_COUNT_LIMIT = 10_000
_SORTS = {
    "UPDATED_AT": "updatedAt",
    "CREATED_AT": "createdAt",
    "PROCESSED_AT": "processedAt",
    "ORDER_NUMBER": "number",
    "TITLE": "title",
    "NAME": "name",
    "SKU": "sku",
}
_LISTED: Mapping[str, tuple[str, Mapping[str, Getter]]] = {
    "customers": ("Customer", CUSTOMERS),
    "orders": ("Order", ORDERS),
    "products": ("Product", ANY),
    "productVariants": ("ProductVariant", VARIANTS),
    "inventoryItems": ("InventoryItem", ANY),
    "locations": ("Location", ANY),
    "abandonedCheckouts": ("AbandonedCheckout", CHECKOUTS),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A field that lists or counts: its name, what it lists, and how that can be searched."""

    name: str
    kind: str
    getters: Mapping[str, Getter]
    known: set[str]


def queries(schema: GraphQLSchema) -> Mapping[str, Root]:
    """Return a resolver for each modelled field of the query root."""
    counted = ("customers", "orders", "products", "abandonedCheckouts")
    by_id = ("customer", "order", "product", "productVariant", "inventoryItem", "inventoryLevel")
    return {
        **{name: _many(_listing(schema, name, name)) for name in _LISTED},
        **{f"{each}Count": _count(_listing(schema, f"{each}Count", each)) for each in counted},
        **dict.fromkeys((*by_id, "location", "node", "webhookSubscription"), _one),
        "productVariantsCount": lambda call, args: _counted(
            len(list(call.world.all("ProductVariant"))), None
        ),
        "nodes": lambda call, args: [_one(call, {"id": each}) for each in args["ids"]],
        "customerByIdentifier": lambda call, args: by_identifier(call, args["identifier"]),
        "shop": lambda call, args: next(call.world.all("Shop")),
        "currentAppInstallation": _installation,
        "webhookSubscriptions": _subscriptions,
        "bulkOperation": bulk.operation,
        "bulkOperations": bulk.operations,
        "webPixel": find_pixel,
    }


def by_identifier(call: Call, identifier: Json) -> Resource | None:
    """Find a customer by id, e-mail or phone, each under either of its two spellings."""
    tests: Mapping[str, Callable[[Resource], Any]] = {
        "id": lambda each: each["id"],
        "email": email_of,
        "emailAddress": email_of,
        "phone": phone_of,
        "phoneNumber": phone_of,
    }
    ((name, wanted),) = identifier.items()
    found = (each for each in call.world.all("Customer") if tests[name](each) == wanted)
    return next(found, None)


def _one(call: Call, args: Args) -> Resource | None:
    if not str(args["id"]).startswith("gid://shopify/"):
        raise refused(f"Invalid global id '{args['id']}'", "argumentLiteralsIncompatible")
    return call.world.resources.get(args["id"])


def _many(listing: Listing) -> Root:
    def root(call: Call, args: Args) -> Json:
        if call.batch is not None:
            return whole(call.batch, {}, lambda each: 0)
        found = _found(call, listing, args)
        if listing.kind == "Location" and not args.get("includeInactive"):
            found = [each for each in found if each["isActive"]]
        field = _SORTS.get(args.get("sortKey") or "ID")
        page = whole if call.is_bulk else connection
        return page(found, args, lambda each: each[field] or "" if field else 0)

    return root


def _count(listing: Listing) -> Root:
    def root(call: Call, args: Args) -> Json:
        return _counted(len(_found(call, listing, args)), args.get("limit", _COUNT_LIMIT))

    return root


def _counted(count: int, limit: int | None) -> Json:
    if limit is not None and count > limit:
        return {"count": limit, "precision": "AT_LEAST"}
    return {"count": count, "precision": "EXACT"}


def _listing(schema: GraphQLSchema, name: str, listed: str) -> Listing:
    assert schema.query_type is not None
    known = known_fields(schema.query_type.fields[name].args["query"].description)
    return Listing(name, *_LISTED[listed], known)


def _found(call: Call, listing: Listing, args: Args) -> list[Resource]:
    found = list(call.world.all(listing.kind))
    if listing.kind == "Order" and not _sees_all_orders(call):
        oldest = (call.world.now - _ORDER_WINDOW).strftime("%Y-%m-%dT%H:%M:%SZ")
        found = [each for each in found if each["createdAt"] >= oldest]
    if listing.kind == "AbandonedCheckout":
        found = [each for each in found if each["customer"] or each["_email"] or each["_phone"]]
    if not args.get("query"):
        return found
    search = read(args["query"], listing.getters, listing.known)
    if search.warnings:
        note = {"path": [listing.name], "query": args["query"], "warnings": search.warnings}
        call.searches.append(note)
    return [each for each in found if search.test(each)]


def _sees_all_orders(call: Call) -> bool:
    return "read_all_orders" in call.scopes


def _installation(call: Call, args: Args) -> Resource:
    """The app as it is installed, with the scopes of its newest grant."""
    scopes = [{"handle": each, "description": each} for each in sorted(call.scopes)]
    return {**next(call.world.all("AppInstallation")), "accessScopes": scopes}


def _subscriptions(call: Call, args: Args) -> Json:
    topics, uri = args.get("topics"), args.get("uri")
    found = [
        each
        for each in call.world.all("WebhookSubscription")
        if (not topics or each["topic"] in topics) and (not uri or each["uri"] == uri)
    ]
    return connection(found, args, lambda each: 0)
