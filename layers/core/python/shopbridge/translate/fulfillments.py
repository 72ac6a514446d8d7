"""What shipments mean to Netcore."""

from shopbridge.commands import Identity, RecordActivity
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.fulfillment import Fulfillment
from shopbridge.stores.profile import Profile
from shopbridge.translate.identity import usable_email
from shopbridge.translate.items import items
from shopbridge.translate.params import compact, linked, version


def update(shipment: Fulfillment, store: Profile) -> RecordActivity:
    """
    `Fulfillment Update`, once per state of the shipment, with what is in the parcel.

    The body names the order and at most an e-mail: Shopify is asked who bought.
    """
    order_id, at = plain_id(shipment.order_id), shipment.updated_at or shipment.created_at
    params = {
        **compact(
            orderid=order_id,
            fulfillment_id=plain_id(shipment.id),
            fulfillment_name=shipment.name,
            fulfillment_status=shipment.status,
            shipment_status=shipment.shipment_status,
            tracking_company=shipment.tracking_company,
            tracking_number=shipment.tracking_number,
            store=store.handle,
        ),
        **linked("tracking_url", shipment.tracking_url),
        **items(shipment.line_items, None, store),
    }
    return RecordActivity(
        name="Fulfillment Update",
        resource=f"fulfillment#{plain_id(shipment.id)}",
        identity=Identity(email=usable_email(shipment.email), order_id=order_id),
        params=params,
        occurred_at=at,
        version=version(at, params),
    )
