"""What happens to customers: they register, change, get tags, are deleted."""

from local.store.bodies import customers as bodies
from local.store.life.consents import email_consent, sms_consent
from local.store.life.contacts import mailing_address, new_customer
from local.store.resources import Change, Resource
from local.store.world import World

TAGS = ("vip", "wholesale", "newsletter", "returns-often", "Diwali 2026")


def register(world: World, *, contact: str = "both", subscribes: bool = False) -> list[Change]:
    """
    Somebody opens an account; with `subscribes`, also ticks the newsletter box.

    `contact` says what is known of them: `both`, `email`, `phone` or `nothing`.
    """
    customer = new_customer(world, world.people.someone(), contact=contact, state="ENABLED")
    changes = [Change("customers/create", customer["id"], bodies.customer(world, customer))]
    if subscribes and customer["defaultEmailAddress"]:
        changes.append(email_consent(world, customer, "SUBSCRIBED"))
    if subscribes and customer["defaultPhoneNumber"]:
        changes.append(sms_consent(world, customer, "SUBSCRIBED"))
    return changes


def update_profile(world: World, customer: Resource) -> list[Change]:
    """Somebody moves, or takes another name."""
    person = world.people.someone(phone=False)
    address = mailing_address(world, person, phone=None)
    world.change(
        customer,
        firstName=person.first_name,
        lastName=person.last_name,
        displayName=f"{person.first_name} {person.last_name}",
        defaultAddress=address,
        addressesV2=[address],
    )
    return [updated(world, customer)]


def add_tag(world: World, customer: Resource, tag: str | None = None) -> list[Change]:
    """The merchant tags a customer; nothing happens if the tag is there."""
    missing = [each for each in TAGS if each not in customer["tags"]]
    tag = tag or (world.random.choice(missing) if missing else TAGS[0])
    if tag in customer["tags"]:
        return []
    world.change(customer, tags=sorted([*customer["tags"], tag]))
    body = bodies.tags(customer, [tag], world.stamp())
    return [Change("customer.tags_added", customer["id"], body), updated(world, customer)]


def remove_tag(world: World, customer: Resource, tag: str | None = None) -> list[Change]:
    """The merchant takes a tag off a customer; nothing happens if it is not there."""
    tag = tag or (world.random.choice(customer["tags"]) if customer["tags"] else "")
    if tag not in customer["tags"]:
        return []
    world.change(customer, tags=[each for each in customer["tags"] if each != tag])
    body = bodies.tags(customer, [tag], world.stamp())
    return [Change("customer.tags_removed", customer["id"], body), updated(world, customer)]


def delete(world: World, customer: Resource) -> list[Change]:
    """The merchant deletes a customer; Shopify refuses that for customers with orders."""
    if customer["orders"]:
        return []
    world.remove(customer)
    return [Change("customers/delete", customer["id"], bodies.deleted(customer))]


def updated(world: World, customer: Resource) -> Change:
    """The `customers/update` that accompanies whatever was done to a customer."""
    return Change("customers/update", customer["id"], bodies.customer(world, customer))
