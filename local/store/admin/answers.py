"""Errors as Shopify words them."""

from typing import Any

from graphql import GraphQLError

Json = dict[str, Any]


def refused(message: str, code: str, **more: Any) -> GraphQLError:
    """Make an error with the `code` that Shopify puts into its `extensions`."""
    return GraphQLError(message, extensions={"code": code, **more})


def not_modelled(what: str) -> GraphQLError:
    """Make the error for something that Shopify has and the simulator has not."""
    return refused(f"the store simulator does not model {what}", "NOT_MODELLED")


def user_error(message: str, *path: str, code: str | None = None) -> Json:
    """Make one of a mutation's `userErrors`."""
    return {"message": message, "field": list(path), "code": code}
