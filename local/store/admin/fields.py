"""Answers any field of any resource from the world's dictionaries."""

from typing import Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLResolveInfo, get_named_type

from local.store.admin.answers import not_modelled, refused
from local.store.admin.call import Call
from local.store.admin.pages import connection, whole
from local.store.resources import Ref


def resolve(source: Any, info: GraphQLResolveInfo[Call], **args: Any) -> Any:
    """
    Answer a field with what its resource holds under that name.

    Raises:
        GraphQLError: the field is denied, or can neither be known nor be null.
    """
    call = info.context
    name = f"{info.parent_type.name}.{info.field_name}"
    if name in call.denied:
        what = info.field_name
        raise refused(f"This app is not approved to access the {what} field.", "ACCESS_DENIED")
    if info.field_name not in source:
        if isinstance(info.return_type, GraphQLNonNull):
            raise not_modelled(name)
        return None
    return _shaped(call, source[info.field_name], info, args)


def _shaped(call: Call, value: Any, info: GraphQLResolveInfo[Call], args: dict[str, Any]) -> Any:
    if isinstance(value, Ref):
        return call.world.resources.get(value)
    if not isinstance(value, list):
        return value[: args["truncateAt"]] if args.get("truncateAt") else value
    nodes = [_followed(call, each) for each in value]
    nodes = [each for each in nodes if each is not None]
    if get_named_type(info.return_type).name.endswith("Connection"):
        places = {each["id"]: place for place, each in enumerate(nodes)}
        page = whole if call.is_bulk else connection
        return page(nodes, args, lambda node: places[node["id"]])
    if args.get("names") and _of_objects(info):
        nodes = [each for each in nodes if each["name"] in args["names"]]
    return nodes[: args["first"]] if args.get("first") is not None else nodes


def _followed(call: Call, each: Any) -> Any:
    return call.world.resources.get(each) if isinstance(each, Ref) else each


def _of_objects(info: GraphQLResolveInfo[Call]) -> bool:
    inner = info.return_type
    inner = inner.of_type if isinstance(inner, GraphQLNonNull) else inner
    return isinstance(inner, GraphQLList)
