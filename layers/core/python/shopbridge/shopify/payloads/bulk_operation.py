"""`bulk_operations/finish` bodies: which operation has ended; its result is asked for."""

from typing import Annotated

from msgspec import Meta, Struct

from shopbridge.shopify.payloads.base import plain_id


class Finish(Struct, frozen=True):
    """An operation of this app that has ended, well or not."""

    admin_graphql_api_id: Annotated[
        str, Meta(pattern=r"\Agid://shopify/BulkOperation/[0-9]+\Z", max_length=64)
    ]
    status: Annotated[str, Meta(max_length=32)] = ""

    @property
    def resource(self) -> str:
        """For example `bulk_operation#147595010`."""
        return f"bulk_operation#{plain_id(self.admin_graphql_api_id)}"

    @property
    def title(self) -> str:
        """Nothing that people would look for."""
        return ""
