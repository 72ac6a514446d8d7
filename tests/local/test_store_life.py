"""What happens in a simulated store changes its world and makes Shopify's webhooks."""

import phonenumbers

from local.store import Happening, World, happen, new_world
from tests.local.store_shop import START


def topics(happening: Happening) -> list[str]:
    """The topics of what happened, in Shopify's order."""
    return [each.topic for each in happening.changes]


def buy(world: World, *, subscribes: bool = False) -> Happening:
    """A guest buys something."""
    begun = happen(world, "start_checkout")
    return happen(world, "purchase", begun.changes[0].resource, subscribes=subscribes)


def order_of(bought: Happening) -> str:
    """The gid of the order that was made."""
    return next(each.resource for each in bought.changes if each.topic == "orders/create")


def test_a_guest_buys_and_subscribes() -> None:
    """One purchase is one event with many webhooks, consent and totals among them."""
    world = new_world(start=START)

    bought = buy(world, subscribes=True)

    made = topics(bought)
    assert made[:4] == ["customers/create", "checkouts/update", "orders/create", "orders/updated"]
    assert made[-3:] == [
        "customers_email_marketing_consent/update",
        "customers/update",
        "customers/purchasing_summary",
    ]
    customer = world.get(bought.changes[0].resource)
    assert customer["numberOfOrders"] == "1"
    assert customer["lastOrder"] == order_of(bought)
    assert customer["defaultEmailAddress"]["marketingState"] == "SUBSCRIBED"


def test_consent_carries_its_own_time() -> None:
    """A consent webhook says when consent was given, in the shop's offset."""
    world = new_world(start=START)
    customer = happen(world, "register").changes[0].resource

    left = happen(world, "admin_consent", customer, state="UNSUBSCRIBED")

    assert topics(left) == ["customers_email_marketing_consent/update", "customers/update"]
    consent = left.changes[0].body["email_marketing_consent"]
    assert consent["state"] == "unsubscribed"
    assert consent["consent_updated_at"].startswith("2026-11-23T13:30:")


def test_cancelling_pays_back() -> None:
    """A cancelled order is refunded, closed, and no longer counts for its customer."""
    world = new_world(start=START)
    bought = buy(world)

    cancelled = happen(world, "cancel", order_of(bought))

    assert topics(cancelled) == [
        "refunds/create",
        "orders/cancelled",
        "orders/updated",
        "customers/update",
        "customers/purchasing_summary",
    ]
    assert cancelled.changes[1].body["cancel_reason"] == "customer"
    assert cancelled.changes[-1].body["numberOfOrders"] == 0
    assert cancelled.changes[-1].body["amountSpent"]["amount"] == "0.00"


def test_partly_then_wholly_shipped() -> None:
    """The first parcel makes an order partially fulfilled, the rest fulfilled."""
    world = new_world(start=START)
    begun = happen(world, "start_checkout", least=2)
    order = order_of(happen(world, "purchase", begun.changes[0].resource))

    first = happen(world, "fulfil", order, partly=True)
    second = happen(world, "fulfil", order)

    assert topics(first)[1] == "orders/partially_fulfilled"
    assert topics(second)[1] == "orders/fulfilled"
    assert topics(happen(world, "track", order)) == ["fulfillments/update", "orders/updated"]


def test_two_happenings_never_share_a_second() -> None:
    """A resource that changes again gets a later stamp, so that order can be told."""
    world = new_world(start=START)
    gid = happen(world, "register").changes[0].resource

    stamps = []
    for tag in ("one", "two", "three"):
        happen(world, "add_tag", gid, tag=tag)
        stamps.append(world.get(gid)["updatedAt"])

    assert stamps == sorted(set(stamps))


def test_a_copy_of_the_world_can_follow() -> None:
    """What a happening wrote can be repeated in another world, without undoing its own writes."""
    world, copy = new_world(start=START), new_world(start=START)
    gid = next(world.all("Customer"))["id"]
    copy.change(copy.get(gid), note="written here only")

    tagged = happen(world, "add_tag", gid, tag="vip")
    copy.apply(tagged.states)

    assert copy.get(gid)["tags"] == ["vip"]
    assert copy.get(gid)["note"] == "written here only"


def test_people_are_recognisable_and_their_phones_valid() -> None:
    """E-mails start with cnry-, names with Cnry, phones are fictional but well-formed."""
    world = new_world(start=START, customers=30)

    known = world.people.known()

    assert all(each.startswith("cnry-") for each in known["emails"])
    assert all(each.startswith("Cnry") for each in known["names"])
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(n)) for n in known["phones"])
    assert all(number[-7:-2] == "55501" for number in known["phones"])


def test_nothing_fitting_changes_nothing() -> None:
    """An act without anything to act on makes no webhook and writes nothing."""
    world = World(start=START)

    happening = happen(world, "cancel")

    assert (happening.changes, happening.states) == ((), {})
