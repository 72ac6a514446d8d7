"""What the end of a bulk operation means."""

from shopbridge.commands import NoteBulkOperation
from shopbridge.shopify.payloads.bulk_operation import Finish


def finished(finish: Finish) -> NoteBulkOperation:
    """Tell whoever waits; how it ended is asked of Shopify, which alone names the result."""
    return NoteBulkOperation(finish.admin_graphql_api_id)
