"""customers/data_request: bundles what we and Netcore hold of the customer, for the merchant."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.data_request import DataRequest
from shopbridge.stores.profile import Profile
from shopbridge.translate import rights


def translate(request: DataRequest, store: Profile) -> Commands:
    """What it means that a customer asks the merchant for their data."""
    yield rights.asked(request, store)


handler = Webhook("customers/data_request", DataRequest, translate, for_people=True)
