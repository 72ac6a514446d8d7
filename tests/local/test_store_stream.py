"""A stream of deliveries is realistic, repeatable, and says what to expect of each."""

import hashlib
import json
from collections import Counter
from functools import cache

from local.store import Faults, PlannedDelivery, new_world, plan, sign, stream
from tests.local.store_shop import START
from tests.local.test_store_bodies import TOPICS


@cache
def six_hundred() -> list[PlannedDelivery]:
    """The demo's stream, made once for all tests."""
    return stream(new_world(start=START), 600, 7, secret="hush", start=START)


def test_has_the_length_asked_for() -> None:
    """Everything that is sent counts, however few that is."""
    assert [len(stream(new_world(start=START), n, 3)) for n in (1, 7, 40, 250)] == [1, 7, 40, 250]


def test_shows_every_topic() -> None:
    """Six hundred deliveries hold each topic at least once, sent for the first time."""
    fresh = {each.topic for each in six_hundred() if each.kind == "fresh"}

    assert fresh == set(TOPICS)


def test_is_made_again_the_same_from_its_seed() -> None:
    """The same world and seed give the same bytes, ids and order."""
    again = stream(new_world(start=START), 600, 7, secret="hush", start=START)

    assert again == six_hundred()


def test_mixes_in_what_goes_wrong() -> None:
    """Each kind has its share, and is answered as a good receiver would."""
    kinds = Counter((each.kind, each.expected_status) for each in six_hundred())

    assert kinds == {
        ("fresh", 200): 507,
        ("duplicate", 200): 36,
        ("retry", 200): 18,
        ("twin", 200): 12,
        ("forged", 401): 12,
        ("broken", 200): 9,
        ("unknown_shop", 200): 6,
    }


def test_only_forged_ones_are_wrongly_signed() -> None:
    """Whatever expects 200 carries the right signature over its very bytes."""
    wrong = {
        each.kind
        for each in six_hundred()
        if each.headers.get("X-Shopify-Hmac-Sha256") != sign(each.body, "hush")
    }

    assert wrong == {"forged"}


def test_repetitions_are_of_something_sent() -> None:
    """Duplicates and retries repeat ids and bytes; twins have a webhook id of their own."""
    made = six_hundred()
    fresh = {each.webhook_id: each for each in made if each.kind == "fresh"}
    events = {each.event_id for each in fresh.values()}

    for each in made:
        if each.kind in ("duplicate", "retry"):
            assert each.body == fresh[each.webhook_id].body
        if each.kind == "twin":
            assert each.webhook_id not in fresh
            assert each.event_id in events


def test_order_is_disturbed_only_within_the_window() -> None:
    """First deliveries come out of order, but not by more than the window."""
    steps = [each.step for each in six_hundred() if each.kind == "fresh"]

    assert steps != sorted(steps)
    assert max(max(steps[: i + 1]) - step for i, step in enumerate(steps)) < 20


def test_without_faults_everything_comes_once_and_in_order() -> None:
    """A plain stream is just the webhooks of a day, as it happened."""
    made = stream(new_world(start=START), 100, 7, faults=Faults.none())

    assert {each.kind for each in made} == {"fresh"}
    assert [each.step for each in made] == sorted(each.step for each in made)


def test_the_world_can_be_followed_step_by_step() -> None:
    """Applying what happened to an untouched world leads to the same end."""
    world, copy = new_world(start=START), new_world(start=START)

    made = plan(world, 200, 7, start=START)
    for happening in made.happenings:
        copy.apply(happening.states)

    assert digest(copy.resources) == digest(world.resources)


def test_deliveries_survive_json() -> None:
    """What a simulator answers can be read back, broken bytes included."""
    made = six_hundred()

    read = [PlannedDelivery.from_json(json.loads(json.dumps(each.to_json()))) for each in made]

    assert read == made


def digest(resources: object) -> str:
    """A short name for a world's state."""
    return hashlib.sha256(json.dumps(resources, sort_keys=True).encode()).hexdigest()
