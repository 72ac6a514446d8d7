"""Mutations that write webhook subscriptions."""

from local.store.admin.answers import Json, user_error
from local.store.admin.call import Args, Call

_FIELDS = ("uri", "format", "filter", "includeFields", "metafieldNamespaces", "name")


def create(call: Call, args: Args) -> Json:
    """Resolve `webhookSubscriptionCreate`; a topic takes each address once."""
    topic, given = args["topic"], args["webhookSubscription"]
    for each in call.world.all("WebhookSubscription"):
        if (each["topic"], each["uri"]) == (topic, given.get("uri")):
            message = "Address for this topic has already been taken"
            error = user_error(message, "webhookSubscription", "uri")
            return {"webhookSubscription": None, "userErrors": [error]}
    fields = {name: given.get(name) for name in _FIELDS}
    fields["format"] = fields["format"] or "JSON"
    fields |= {name: fields[name] or [] for name in ("includeFields", "metafieldNamespaces")}
    version = {"handle": "2026-10", "displayName": "2026-10", "supported": True}
    made = call.world.add("WebhookSubscription", topic=topic, apiVersion=version, **fields)
    return {"webhookSubscription": made, "userErrors": []}


def update(call: Call, args: Args) -> Json:
    """Resolve `webhookSubscriptionUpdate`."""
    found = call.world.resources.get(args["id"])
    if found is None:
        error = user_error("Webhook subscription could not be found", "id")
        return {"webhookSubscription": None, "userErrors": [error]}
    given = args["webhookSubscription"]
    call.world.change(found, **{name: given[name] for name in _FIELDS if name in given})
    return {"webhookSubscription": found, "userErrors": []}


def delete(call: Call, args: Args) -> Json:
    """Resolve `webhookSubscriptionDelete`."""
    found = call.world.resources.get(args["id"])
    if found is None:
        error = user_error("Webhook subscription could not be found", "id")
        return {"deletedWebhookSubscriptionId": None, "userErrors": [error]}
    call.world.remove(found)
    return {"deletedWebhookSubscriptionId": args["id"], "userErrors": []}
