"""The worker `to_shopify`: what people said to Netcore is in Shopify, in our row and at Netcore."""

from datetime import UTC, datetime, timedelta

import pytest

from shopbridge.commands import ChangeConsent, FillCustomer, Identity, Unsubscribe
from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.writers import Refused
from shopbridge.stores.settings import Settings, ToShopify
from tests.integration.pipeline.both import Both
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Crash, Steps

TUESDAY = datetime(2026, 11, 17, 8, tzinfo=UTC)
BEFORE, AFTER = "2026-11-16T08:00:00Z", "2026-11-18T08:00:00Z"
THEN = "2026-11-17T08:00:00Z"
PROFILES = SETTINGS.model_copy(update={"to_shopify": ToShopify(profiles=True)})


@pytest.fixture
def both(cloud: Cloud) -> Both:
    """An enabled store."""
    return Both(cloud, settings=PROFILES)


def no(who: Identity, at: datetime = TUESDAY, source: str = "event") -> Unsubscribe:
    """Somebody unsubscribed from e-mail."""
    return Unsubscribe(who, "email", at, source)


def test_an_unsubscribe_is_in_shopify_with_its_own_time(both: Both) -> None:
    """Shopify has the no and when it was said; Netcore's blacklist and attribute agree."""
    who = both.someone()
    both.consents(who.customer_id, "SUBSCRIBED", BEFORE)

    ended = both.outward(no(who))

    assert ended == ["delivered"]
    assert both.email_state(who.customer_id) == ("UNSUBSCRIBED", THEN)
    held = both.held(str(who.customer_id))
    assert (held[both.subscription], held["blacklisted"]) == ("Unsubscribed", True)


@pytest.mark.parametrize("known_by", ["customer_id", "email", "phone"])
def test_people_are_found_by_whatever_is_known(both: Both, known_by: str) -> None:
    """Primary key, e-mail or phone: each alone leads to the customer."""
    who = both.someone()
    both.consents(who.customer_id, "SUBSCRIBED", BEFORE)

    ended = both.outward(no(Identity(**{known_by: getattr(who, known_by)})))

    assert ended == ["delivered"]
    assert both.email_state(who.customer_id)[0] == "UNSUBSCRIBED"


def test_a_key_that_leads_nowhere_is_followed_by_the_address(both: Both) -> None:
    """A customer who was merged into another has a new id and the same address."""
    who = both.someone()

    ended = both.outward(no(Identity("404", email=str(who.email).upper())))

    assert ended == ["delivered"]
    assert both.email_state(who.customer_id)[0] == "UNSUBSCRIBED"


def test_everybody_with_the_address_is_unsubscribed(both: Both) -> None:
    """Several customers may share one e-mail address: none of them is written to any more."""
    one, other = both.someone(), both.someone()
    email = both.seen(one.customer_id)["defaultEmailAddress"]
    both.set(other.customer_id, defaultEmailAddress=email)

    ended = both.outward(no(Identity(email=one.email)))

    assert ended == ["delivered"]
    states = [both.email_state(who.customer_id)[0] for who in (one, other)]
    assert states == ["UNSUBSCRIBED", "UNSUBSCRIBED"]


def test_an_unknown_person_is_an_outcome_with_its_reason(both: Both) -> None:
    """Nobody in the store has this address: nothing is written, and the ledger says so."""
    ended = both.outward(no(Identity(email="nobody@example.com")))

    assert ended == ["unidentified no such customer in Shopify"]
    assert both.mutations() == []


def test_a_customer_without_address_cannot_say_no(both: Both) -> None:
    """Shopify keeps consent beside the address."""
    who = both.someone()
    both.set(who.customer_id, defaultEmailAddress=None)

    ended = both.outward(no(Identity(who.customer_id)))

    assert ended == ["unidentified the customer has no address for this channel"]


def test_a_later_yes_stands(both: Both) -> None:
    """An unsubscribe that comes after a newer opt-in undoes nothing."""
    who = both.someone()
    both.consents(who.customer_id, "SUBSCRIBED", AFTER)

    ended = both.outward(no(who))

    assert ended == ["superseded something newer was said"]
    assert both.email_state(who.customer_id) == ("SUBSCRIBED", AFTER)
    assert both.received("blacklist") == []


def test_at_the_same_moment_a_no_wins(both: Both) -> None:
    """Yes and no of one second: nobody is written to who may have said no."""
    who = both.someone()
    both.consents(who.customer_id, "SUBSCRIBED", THEN)

    assert both.outward(no(who)) == ["delivered"]


def test_repeats_write_once(both: Both) -> None:
    """Three times, the last of them later: one mutation, with the time of the first no."""
    who = both.someone()

    ended = both.outward(no(who), no(who), no(who, TUESDAY + timedelta(hours=1)))

    assert ended == ["delivered", "unchanged", "delivered"]
    assert [one["name"] for one in both.mutations()] == ["customerEmailMarketingConsentUpdate"]
    assert both.email_state(who.customer_id) == ("UNSUBSCRIBED", THEN)


def test_our_own_write_coming_back_changes_nothing(both: Both) -> None:
    """Shopify tells us of our mutation as of any other: neither side is written again."""
    who = both.someone()
    both.outward(no(who))
    sent = len(both.received()), len(both.received("blacklist"))

    echo = ChangeConsent(str(who.customer_id), "email", "unsubscribed", TUESDAY, who.email)
    ended = both.change(echo)

    assert ended == ["unchanged"]
    assert (len(both.received()), len(both.received("blacklist"))) == sent
    assert len(both.mutations()) == 1


def test_the_customer_coming_back_as_changed_sends_no_consent_again(both: Both) -> None:
    """`customers/update` of our own write finds the contact as it was sent before."""
    who = both.someone()
    both.refresh(str(who.customer_id))
    both.outward(no(who))

    ended = both.refresh(str(who.customer_id))

    assert ended == ["unchanged"]


def test_text_messages_likewise(both: Both) -> None:
    """SMS has a mutation of its own; at Netcore there is no blacklist for it."""
    who = both.someone()

    ended = both.outward(Unsubscribe(who, "sms", TUESDAY, "form"))

    consent = both.seen(who.customer_id)["defaultPhoneNumber"]["smsMarketingConsent"]
    assert ended == ["delivered"]
    assert (consent["state"], consent["updatedAt"]) == ("UNSUBSCRIBED", THEN)
    assert both.received("blacklist") == []


def test_a_switch_that_was_off_stays_decided(cloud: Cloud) -> None:
    """`to_shopify.unsubscribes` off: the setting at the time of the word counts, for good."""
    off = SETTINGS.model_copy(update={"to_shopify": ToShopify(unsubscribes=False)})
    both = Both(cloud, settings=off)
    who = both.someone()

    ended = both.outward(no(who), no(who, source="one_click"))

    assert ended == ["disabled switched off when it happened", "delivered"]


def test_an_answer_that_is_lost_leads_to_no_second_write(both: Both) -> None:
    """The mutation was applied, its answer lost: Shopify is asked before anything is repeated."""
    who = both.someone()
    lost = Steps(at=1, error=AdminUnavailable("reset"), after=True, of="shopify.EmailConsent")

    ended = both.outward(no(who), steps=lost)

    assert ended == ["delivered"]
    assert len(both.mutations()) == 1


def test_a_word_that_shopify_refuses_is_shown_to_somebody(both: Both) -> None:
    """Parked with Shopify's reason; our row and Netcore hold the no meanwhile, by its own rules."""
    who = both.someone()
    refused = Refused([{"field": ["input", "emailMarketingConsent"], "code": "INVALID"}])

    ended = both.outward(no(who), steps=Steps(at=1, error=refused, of="shopify.EmailConsent"))

    assert ended == ["parked Shopify refuses INVALID, emailMarketingConsent"]
    assert both.row(str(who.customer_id))["email_wanted"].endswith(" unsubscribed")


def test_a_tag_that_is_edited_meanwhile_undoes_nothing(both: Both) -> None:
    """An unsubscribe in Netcore and an edit in Shopify at once: both stand."""
    who = both.someone()
    id_ = str(who.customer_id)
    both.refresh(id_)
    both.live("add_tag", f"gid://shopify/Customer/{id_}", tag="vip")
    both.outward(no(who))

    ended = both.refresh(id_)

    held = both.held(id_)
    assert ended == ["delivered"]
    assert (held["TAGS"], held[both.subscription]) == ("vip", "Unsubscribed")
    assert both.email_state(id_)[0] == "UNSUBSCRIBED"


@pytest.mark.parametrize(
    "step", ["shopify.EmailConsent", "netcore.blacklist", "netcore.add_contacts", "contacts.sent"]
)
@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_dies_anywhere_loses_no_word(both: Both, step: str, after: bool) -> None:
    """Killed before or after any of its writes: the next try ends with both sides agreeing."""
    who = both.someone()

    ended = both.outward(no(who), steps=Steps(at=1, error=Crash(), after=after, of=step))

    held = both.held(str(who.customer_id))
    assert ended in (["delivered"], ["unchanged"])
    assert both.email_state(who.customer_id) == ("UNSUBSCRIBED", THEN)
    assert (held[both.subscription], held["blacklisted"]) == ("Unsubscribed", True)
    assert len(both.mutations()) == 1


def test_a_netcore_that_refuses_its_key_does_not_keep_shopify_waiting(both: Both) -> None:
    """The no is in Shopify at once; what Netcore lacks is parked, and goes on with a new key."""
    who = both.someone()
    both.repository().open_circuit(both.store(), "netcore key refused")

    ended = both.outward(no(who))

    assert ended == ["parked netcore key refused"]
    assert both.email_state(who.customer_id)[0] == "UNSUBSCRIBED"


def test_a_link_of_somebody_who_was_deleted_still_counts_at_netcore(both: Both) -> None:
    """Netcore's contact outlives Shopify's customer: who clicks is blacklisted there."""
    ended = both.outward(no(Identity("7009"), source="page"))

    assert ended == ["delivered"]
    assert both.held("7009")["blacklisted"] is True


def test_a_profile_makes_a_customer(both: Both) -> None:
    """Somebody new filled in a form: Shopify has them, and nobody subscribed them."""
    told = FillCustomer(
        Identity(email="new@example.com", phone="+14155550188"), "Asha", "Rao", ("web",),
        at=TUESDAY,
    )  # fmt: skip

    ended = both.outward(told)

    (made,) = [one["arguments"]["input"] for one in both.mutations()]
    assert ended == ["delivered"]
    assert made == {
        "email": "new@example.com",
        "phone": "+14155550188",
        "firstName": "Asha",
        "lastName": "Rao",
        "tags": ["web"],
    }


def test_a_profile_fills_and_never_blanks(both: Both) -> None:
    """What Shopify has stays; what it lacks is filled; tags are added to those there are."""
    who = both.someone(firstName="Ada", lastName=None, tags=["vip"])
    told = FillCustomer(who, "Eve", "Rao", ("web", "VIP"), at=TUESDAY)

    ended = both.outward(told, told)

    found = both.seen(who.customer_id)
    assert ended == ["delivered", "unchanged"]
    assert (found["firstName"], found["lastName"], found["tags"]) == ("Ada", "Rao", ["vip", "web"])
    assert [one["name"] for one in both.mutations()] == ["customerUpdate", "tagsAdd"]


def test_the_newest_name_stands_where_the_store_chose_so(cloud: Cloud) -> None:
    """`conflicts: newest`: a younger profile changes a name, an older one does not."""
    newest = ToShopify(profiles=True, conflicts="newest")
    both = Both(cloud, settings=SETTINGS.model_copy(update={"to_shopify": newest}))
    who = both.someone(firstName="Ada")
    updated = datetime.fromisoformat(both.seen(who.customer_id)["updatedAt"])
    younger = FillCustomer(who, "Eve", at=updated + timedelta(seconds=1))

    ended = both.outward(FillCustomer(who, "Old", at=updated), younger)

    assert ended == ["unchanged", "delivered"]
    assert both.seen(who.customer_id)["firstName"] == "Eve"


def test_only_a_field_of_its_own_subscribes(both: Both) -> None:
    """A form with a ticked box subscribes, with its time; one without does not."""
    one, other = both.someone(), both.someone()
    ticked = FillCustomer(one, subscribes=("email",), at=TUESDAY)

    ended = both.outward(ticked, FillCustomer(other, tags=("web",), at=TUESDAY))

    assert ended == ["delivered", "delivered"]
    assert both.email_state(one.customer_id) == ("SUBSCRIBED", THEN)
    assert both.email_state(other.customer_id)[0] == "NOT_SUBSCRIBED"


def test_a_ticked_box_does_not_undo_a_newer_no(both: Both) -> None:
    """Who unsubscribed after filling in the form stays unsubscribed."""
    who = both.someone()
    both.consents(who.customer_id, "UNSUBSCRIBED", AFTER)

    ended = both.outward(FillCustomer(who, subscribes=("email",), at=TUESDAY))

    assert ended == ["superseded something newer was said"]
    assert both.email_state(who.customer_id) == ("UNSUBSCRIBED", AFTER)


def test_history_says_why_somebody_is_unsubscribed(both: Both) -> None:
    """Each word that stood, with its time and where it was heard; superseded ones are not there."""
    who = both.someone()
    id_ = str(who.customer_id)
    both.change(ChangeConsent(id_, "email", "subscribed", TUESDAY - timedelta(days=1)))
    both.outward(no(who, source="one_click"))
    both.change(ChangeConsent(id_, "email", "subscribed", TUESDAY - timedelta(days=2)))

    history = both.row(id_)["email_history"]

    assert history == [
        "2026-11-16T08:00:00.000000Z subscribed webhook",
        "2026-11-17T08:00:00.000000Z unsubscribed one_click",
    ]


def test_defaults_are_the_guides() -> None:
    """Unsubscribes are carried over unless switched off, profiles only when switched on."""
    chosen = Settings().to_shopify

    assert (chosen.unsubscribes, chosen.profiles, chosen.conflicts) == (True, False, "shopify")
