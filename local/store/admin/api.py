"""Answers Admin GraphQL requests of one store, priced and throttled as Shopify does."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute,
)

from local.store.admin import bulk
from local.store.admin.answers import Json, not_modelled, refused
from local.store.admin.bucket import Bucket
from local.store.admin.call import Call, Root
from local.store.admin.cost import MOST, Rule
from local.store.admin.fields import resolve
from local.store.admin.meter import Meter
from local.store.admin.mutations import MUTATIONS
from local.store.admin.queries import queries
from local.store.admin.schema import Documents


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed GraphQL request."""

    query: str
    variables: Json
    operation: str | None


class AdminApi:
    """Executes documents against Shopify's schema; one serves all stores."""

    def __init__(self, schema: GraphQLSchema, rule: Rule) -> None:
        self._schema = schema
        self._rule = rule
        self._documents = Documents(schema)
        self._queries = queries(schema)
        inner = bulk.mutations(schema, self._listed, self._resolve)
        self._roots = {"QueryRoot": self._queries, "Mutation": {**MUTATIONS, **inner}}

    def answer(self, request: Request, call: Call, bucket: Bucket) -> Json:
        """Answer one request with the JSON that Shopify would send, always under HTTP 200."""
        document, errors = self._documents.read(request.query)
        if document is None:
            return {"errors": [each.formatted for each in errors]}
        meter = Meter(self._schema, document, request.variables, self._rule)
        wanted = meter.points(request.operation)
        if wanted > MOST:
            return _too_dear(wanted)
        if not bucket.holds(wanted):
            return throttled(bucket, wanted)
        result = self._execute(document, request, call)
        real = meter.points(request.operation, result.data) if result.data else 0
        bucket.take(real)
        return _answered(result, call, _cost(bucket, wanted, real))

    def _execute(self, document: DocumentNode, request: Request, call: Call) -> ExecutionResult:
        result = execute(
            self._schema,
            document,
            context_value=call,
            variable_values=request.variables,
            operation_name=request.operation,
            field_resolver=self._resolve,
        )
        assert isinstance(result, ExecutionResult)  # no resolver is asynchronous
        return result

    def _listed(self, name: str) -> Root:
        """Return what lists the objects that a bulk operation asks for."""
        if name not in self._queries:
            raise not_modelled(f"QueryRoot.{name}")
        return self._queries[name]

    def _resolve(self, source: Any, info: GraphQLResolveInfo[Call], **args: Any) -> Any:
        roots = self._roots.get(info.parent_type.name)
        if roots is None:
            return resolve(source, info, **args)
        root = roots.get(info.field_name)
        if root is None:
            raise not_modelled(f"{info.parent_type.name}.{info.field_name}")
        answer = root(info.context, args)
        if info.parent_type.name == "Mutation":
            info.context.mutations.append(_record(info, args, answer))
        return answer


def throttled(bucket: Bucket, wanted: int) -> Json:
    """Build Shopify's answer to an app that has no points left."""
    error = refused("Throttled", "THROTTLED", documentation=_DOCUMENTATION)
    return {"errors": [_plain(error)], "extensions": {"cost": _cost(bucket, wanted, None)}}


_DOCUMENTATION = "https://shopify.dev/api/usage/limits"


def _too_dear(wanted: int) -> Json:
    message = f"Query cost is {wanted}, which exceeds the single query max cost limit ({MOST})."
    error = refused(message, "MAX_COST_EXCEEDED", cost=wanted, maxCost=MOST)
    return {"errors": [_plain(error)]}


def _plain(error: GraphQLError) -> Json:
    return {"message": error.message, "extensions": dict(error.extensions or {})}


def _cost(bucket: Bucket, wanted: int, real: int | None) -> Json:
    status = bucket.status()
    return {"requestedQueryCost": wanted, "actualQueryCost": real, "throttleStatus": status}


def _answered(result: ExecutionResult, call: Call, cost: Json) -> Json:
    answer: Json = {"data": result.data}
    if result.errors:
        answer["errors"] = [each.formatted for each in result.errors]
    answer["extensions"] = {"cost": cost}
    if call.searches:
        answer["extensions"]["search"] = call.searches
    return answer


def _record(info: GraphQLResolveInfo[Call], args: Json, answer: Json) -> Json:
    return {
        "name": info.field_name,
        "operation": info.operation.name.value if info.operation.name else None,
        "arguments": args,
        "userErrors": answer["userErrors"],
    }
