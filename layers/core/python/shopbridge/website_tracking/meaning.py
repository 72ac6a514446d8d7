"""What a collected event means: pure."""

from shopbridge.commands import Commands, HoldActivity, Identity, RecordActivity
from shopbridge.stores.profile import Profile
from shopbridge.website_tracking.collected import Collected, Params


def held(event: Collected, params: Params, store: Profile) -> Commands:
    """
    Hold the activity until its visitor is known; `params` are the event's, as they travel.

    Nobody is believed who they say they are: only a checkout or cart that Shopify tells
    us of leads to a person.
    """
    yield HoldActivity(
        visitor=event.visitor,
        activity=RecordActivity(
            name=event.name,
            resource=event.resource,
            identity=Identity(),
            params={**params, "store": store.handle},
            occurred_at=event.at,
        ),
        checkout_token=event.checkout_token,
        cart_token=event.cart_token,
    )
