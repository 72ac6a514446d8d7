"""bulk_operations/finish: wakes the historic sync that waits for what Shopify has exported."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.bulk_operation import Finish
from shopbridge.stores.profile import Profile
from shopbridge.translate import bulk_operations


def translate(finish: Finish, store: Profile) -> Commands:
    """What it means that a bulk operation has ended."""
    yield bulk_operations.finished(finish)


handler = Webhook("bulk_operations/finish", Finish, translate)
