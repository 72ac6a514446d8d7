"""Two workers on one contact, the second let in at every step of the first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from shopbridge.commands import ChangeConsent, RefreshContact
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.people import People
from tests.integration.pipeline.watched import Crash, Steps

YES = ChangeConsent(
    "7001", "email", "subscribed", datetime(2026, 11, 16, 8, tzinfo=UTC), "c7001@example.com"
)
NO = ChangeConsent(
    "7001", "email", "unsubscribed", datetime(2026, 11, 17, 8, tzinfo=UTC), "c7001@example.com"
)
YES_STEPS = ("want", "attributes", "sent")
NO_STEPS = ("want", "begin blacklisting", "blacklist", "attributes", "sent")


@dataclass
class LetIn(Steps):
    """Before the call number `before` to rows or Netcore something else happens."""

    before: int = 1
    do: Callable[[], object] = lambda: None
    dies: bool = False
    """Whether the process is killed right after that call."""
    calls: int = 0

    def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
        """Make one call."""
        if not name.startswith(("contacts.", "netcore.")):
            return method(*args, **kwargs)
        self.calls += 1
        if self.calls != self.before:
            return method(*args, **kwargs)
        self.do()
        answer = method(*args, **kwargs)
        if self.dies:
            raise Crash("killed")
        return answer


@pytest.fixture
def people(cloud: Cloud) -> People:
    """A customer who said yes on Monday."""
    people = People(cloud)
    people.said("SUBSCRIBED", "2026-11-16T08:00:00Z")
    return people


def no_by_webhook(people: People) -> None:
    """On Tuesday they say no; the webhook's command is carried out at once."""
    people.send(NO)
    people.lane.run(people.consents_worker(), batch=1)


def no_by_refresh(people: People) -> None:
    """On Tuesday they say no; a refresh finds that in Shopify."""
    people.said("UNSUBSCRIBED", "2026-11-17T08:00:00Z")
    people.send(RefreshContact("7001"))
    people.lane.run(people.contacts_worker(), batch=1)


def ending(people: People) -> tuple[object, object, object]:
    """Let everything settle; return what Netcore has and whether our row agrees."""
    while people.lane.messages:  # one worker leaves the other's messages alone
        for message in list(people.lane.messages):
            message.visible_at = 0
        people.clock.sleep(1)
        people.lane.run(both(people), batch=1)
    held, row = people.held(), people.row()
    return held[people.subscription], held["blacklisted"], row["email_sent"] == row["email_wanted"]


def both(people: People) -> Any:
    """Return a worker that carries out commands of either kind."""
    contacts, consents = people.contacts_worker(), people.consents_worker()

    def handler(event: dict[str, Any], context: object) -> dict[str, list[dict[str, str]]]:
        failures = [
            failure
            for worker in (contacts, consents)
            for failure in worker(event, context)["batchItemFailures"]
        ]
        return {"batchItemFailures": failures}

    return handler


@pytest.mark.parametrize("dies", [False, True], ids=["lives", "dies"])
@pytest.mark.parametrize("step", YES_STEPS)
@pytest.mark.parametrize("no", [no_by_webhook, no_by_refresh])
def test_no_beats_a_yes_that_is_being_sent(
    people: People, no: Callable[[People], None], step: str, dies: bool
) -> None:
    """A yes is on its way; whenever the no comes in between, and whoever dies, the no stands."""

    def meanwhile() -> None:
        people.clock.sleep(1)
        no(people)
        people.clock.sleep(1)

    people.send(YES)
    steps = LetIn(before=YES_STEPS.index(step) + 1, do=meanwhile, dies=dies)
    people.lane.run(people.consents_worker(steps), batch=1)

    assert ending(people) == ("Unsubscribed", True, True)


@pytest.mark.parametrize("dies", [False, True], ids=["lives", "dies"])
@pytest.mark.parametrize("step", YES_STEPS)
@pytest.mark.parametrize("no", [no_by_webhook, no_by_refresh])
def test_no_beats_a_refresh_that_read_a_yes(
    people: People, no: Callable[[People], None], step: str, dies: bool
) -> None:
    """A refresh has read a yes; whenever the no comes in between, the no stands."""

    def meanwhile() -> None:
        people.clock.sleep(1)
        no(people)
        people.clock.sleep(1)

    people.send(RefreshContact("7001"))
    steps = LetIn(before=YES_STEPS.index(step) + 1, do=meanwhile, dies=dies)
    people.lane.run(people.contacts_worker(steps), batch=1)

    assert ending(people) == ("Unsubscribed", True, True)


@pytest.mark.parametrize("dies", [False, True], ids=["lives", "dies"])
@pytest.mark.parametrize("step", NO_STEPS)
def test_yes_that_overtakes_a_no_asks_for_unblocking(people: People, step: str, dies: bool) -> None:
    """A no is being sent when a newer yes comes: attribute yes, and if blocked, listed."""
    listed: list[str] = []
    newer = ChangeConsent("7001", "email", "subscribed", datetime(2026, 11, 18, tzinfo=UTC))

    def meanwhile() -> None:
        listed.extend(people.send(newer))
        people.lane.run(people.consents_worker(), batch=1)

    people.send(NO)
    steps = LetIn(before=NO_STEPS.index(step) + 1, do=meanwhile, dies=dies)
    people.lane.run(people.consents_worker(steps), batch=1)
    subscription, is_blacklisted, is_settled = ending(people)

    assert (subscription, is_settled) == ("Subscribed", True)
    expected = "parked unblock needed" if is_blacklisted else "delivered"
    assert people.ends(listed) == [expected]
