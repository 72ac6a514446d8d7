"""What customers say about marketing, from each of the sources that the guide names."""

from local.store.bodies import customers as bodies
from local.store.resources import Change, Resource
from local.store.world import World


def email_consent(world: World, customer: Resource, state: str, at: str | None = None) -> Change:
    """
    Write a customer's e-mail consent and tell it; `at` is when it was given, if not now.

    This is what every source comes to in Shopify: the box at checkout, a newsletter form, the
    link in Shopify's own mails, the merchant's choice, or an app's mutation.
    """
    level = "SINGLE_OPT_IN" if state == "SUBSCRIBED" else None
    email = {**customer["defaultEmailAddress"], "marketingState": state}
    world.change(customer)
    email |= {"marketingUpdatedAt": at or world.stamp()}
    email |= {"marketingOptInLevel": level or email["marketingOptInLevel"]}
    world.change(customer, defaultEmailAddress=email)
    body = bodies.email_consent(world, customer)
    return Change("customers_email_marketing_consent/update", customer["id"], body)


def sms_consent(world: World, customer: Resource, state: str, at: str | None = None) -> Change:
    """Write a customer's SMS consent and tell it; `at` is when it was given, if not now."""
    phone = customer["defaultPhoneNumber"]
    world.change(customer)
    consent = {
        **phone["smsMarketingConsent"],
        "state": state,
        "optInLevel": "SINGLE_OPT_IN",
        "updatedAt": at or world.stamp(),
        "collectedFrom": "SHOPIFY",
    }
    world.change(customer, defaultPhoneNumber={**phone, "smsMarketingConsent": consent})
    body = bodies.sms_consent(world, customer)
    return Change("customers_marketing_consent/update", customer["id"], body)


def newsletter_signup(world: World, customer: Resource) -> list[Change]:
    """Somebody enters their address into the storefront's newsletter form."""
    return _email(world, customer, "SUBSCRIBED")


def unsubscribe_in_mail(world: World, customer: Resource) -> list[Change]:
    """Somebody follows the unsubscribe link in one of Shopify's mails."""
    return _email(world, customer, "UNSUBSCRIBED")


def admin_consent(world: World, customer: Resource, state: str | None = None) -> list[Change]:
    """The merchant changes a customer's e-mail consent in the admin; `state` or the opposite."""
    email = customer["defaultEmailAddress"]
    subscribed = bool(email) and email["marketingState"] == "SUBSCRIBED"
    return _email(world, customer, state or ("UNSUBSCRIBED" if subscribed else "SUBSCRIBED"))


def sms_change(world: World, customer: Resource, state: str | None = None) -> list[Change]:
    """Somebody answers STOP or START to a text message; `state` or the opposite."""
    phone = customer["defaultPhoneNumber"]
    if not phone:
        return []
    subscribed = phone["smsMarketingConsent"]["state"] == "SUBSCRIBED"
    wanted = state or ("UNSUBSCRIBED" if subscribed else "SUBSCRIBED")
    if wanted == phone["smsMarketingConsent"]["state"]:
        return []
    return _with_update(world, customer, sms_consent(world, customer, wanted))


def _email(world: World, customer: Resource, state: str) -> list[Change]:
    email = customer["defaultEmailAddress"]
    if not email or email["marketingState"] == state:
        return []
    return _with_update(world, customer, email_consent(world, customer, state))


def _with_update(world: World, customer: Resource, change: Change) -> list[Change]:
    update = Change("customers/update", customer["id"], bodies.customer(world, customer))
    return [change, update]
