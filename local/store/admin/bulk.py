"""Bulk operations in the Admin API: run, look, list, cancel."""

from collections.abc import Iterator, Mapping

from graphql import GraphQLError, GraphQLSchema, parse, validate

from local.store.admin.answers import Json, user_error
from local.store.admin.call import Args, Call, Root
from local.store.admin.pages import connection
from local.store.admin.schema import RULES
from local.store.bulk.batch import Batch
from local.store.bulk.export import Export, Resolve, Roots
from local.store.bulk.operations import Operations
from local.store.bulk.selections import Selections

_REFUSED = "A bulk operation cannot be canceled when it is "


def mutations(schema: GraphQLSchema, roots: Roots, resolve: Resolve) -> Mapping[str, Root]:
    """Return what begins and ends bulk operations."""

    def run(call: Call, args: Args) -> Json:
        made = _export(schema, args, roots, resolve)
        if isinstance(made, str):
            return _failed(made, "INVALID", "query")
        began = _bulk(call).run(args["query"], _of(made, call))
        if began is None:
            return _failed("Bulk operations limit reached.", "LIMIT_REACHED")
        return {"bulkOperation": began.told(_bulk(call).address), "userErrors": []}

    return {"bulkOperationRunQuery": run, "bulkOperationCancel": _cancel}


def _bulk(call: Call) -> Operations:
    assert call.bulk is not None  # an inner query cannot ask for operations
    return call.bulk


def _export(schema: GraphQLSchema, args: Args, roots: Roots, resolve: Resolve) -> Export | str:
    """Read an inner query; say what is wrong with it where Shopify would not run it."""
    try:
        document = parse(args["query"])
    except GraphQLError as exc:
        return f"Invalid bulk query: {exc.message}"
    if errors := validate(schema, document, RULES):
        return f"Invalid bulk query: {errors[0].message}"
    refusal = Selections(schema, document).refusal()
    return refusal or Export(schema, document, roots, resolve, args["groupObjects"])


def _of(export: Export, call: Call) -> Iterator[Batch]:
    """Execute when it is looked at: an operation sees the store as it is while it runs."""
    return export.batches(Call(call.world, call.scopes, call.denied))


def operation(call: Call, args: Args) -> Json | None:
    """Resolve `bulkOperation`."""
    found = _bulk(call).all.get(args["id"])
    return found.told(_bulk(call).address) if found else None


def operations(call: Call, args: Args) -> Json:
    """Resolve `bulkOperations`, by date of creation or completion."""
    told = [each.told(_bulk(call).address) for each in _bulk(call).all.values()]
    field = {"COMPLETED_AT": "completedAt"}.get(args.get("sortKey") or "", "createdAt")
    return connection(told, args, lambda each: each[field] or "")


def _cancel(call: Call, args: Args) -> Json:
    found = _bulk(call).all.get(args["id"])
    if found is None:
        return _failed("Bulk operation does not exist", None, "id")
    if not _bulk(call).cancel(args["id"]):
        return {
            "bulkOperation": found.told(_bulk(call).address),
            "userErrors": [user_error(f"{_REFUSED}{found.status.lower()}", "id")],
        }
    return {"bulkOperation": found.told(_bulk(call).address), "userErrors": []}


def _failed(message: str, code: str | None, *path: str) -> Json:
    error = user_error(message, *path, code=code)
    return {"bulkOperation": None, "userErrors": [error]}
