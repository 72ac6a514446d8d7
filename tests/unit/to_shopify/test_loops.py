"""
Both directions at once, in every order: nothing goes round in circles and nothing is lost.

A write is one change of one person on one side, of one subject: consent (at Netcore blacklist
and attribute) or profile.
"""

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.unit.to_shopify.two_sides import SUBSCRIPTION, WORDS, TwoSides

PEOPLE = st.sampled_from(["7001", "7002"])
NAMES = st.sampled_from(["Ada", "Eve", "Zoë"])


class Machine(RuleBasedStateMachine):
    """People speak on both sides while messages are late, doubled, lost, or kill their worker."""

    @initialize()
    def begin(self) -> None:
        """Two customers whom Netcore knows."""
        self.sides = TwoSides()
        for id_ in ("7001", "7002"):
            self.sides.registers(id_)
        self.sides.writes.clear()
        self.sides.echo_writes.clear()

    @rule(who=PEOPLE, state=st.sampled_from(["subscribed", "unsubscribed"]))
    def says_in_shopify(self, who: str, state: str) -> None:
        """Somebody speaks in the store."""
        self.sides.says_in_shopify(who, "subscribed" if state == "subscribed" else "unsubscribed")

    @rule(who=PEOPLE)
    def unsubscribes_at_netcore(self, who: str) -> None:
        """Somebody clicks in a mail."""
        self.sides.unsubscribes_at_netcore(who)

    @rule(who=PEOPLE)
    def unsubscribes_by_link(self, who: str) -> None:
        """Somebody uses our page."""
        self.sides.unsubscribes_by_link(who)

    @rule(who=PEOPLE)
    def ticks_a_box(self, who: str) -> None:
        """Somebody subscribes by a form."""
        self.sides.ticks_a_box(who)

    @rule(who=PEOPLE, name=NAMES)
    def renames_in_shopify(self, who: str, name: str) -> None:
        """Somebody is called otherwise, here."""
        self.sides.renames_in_shopify(who, name)

    @rule(who=PEOPLE, name=NAMES)
    def renames_at_netcore(self, who: str, name: str) -> None:
        """Somebody is called otherwise, there."""
        self.sides.renames_at_netcore(who, name)

    @precondition(lambda self: self.sides.pending)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        """Any message comes next."""
        self.sides.deliver(self._any(data))

    @precondition(lambda self: self.sides.pending)
    @rule(data=st.data(), dies_at=st.integers(1, 8), after=st.booleans())
    def dies(self, data: st.DataObject, dies_at: int, after: bool) -> None:
        """Its worker dies before or after one of its calls; the message comes again."""
        self.sides.deliver(self._any(data), dies_at=dies_at, after=after)

    @precondition(lambda self: self.sides.pending)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A message comes twice."""
        self.sides.repeat(self._any(data))

    @precondition(lambda self: self.sides.pending)
    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        """A webhook of Shopify's never comes."""
        self.sides.lose(self._any(data))

    @rule(seconds=st.integers(1, 7200))
    def pass_time(self, seconds: int) -> None:
        """Time passes, messages lie."""
        self.sides.pass_time(seconds)

    @invariant()
    def what_changes_nothing_writes_nothing(self) -> None:
        """
        A command that ends `unchanged` or `superseded` has written to neither side.

        Unless a worker that died had left something undone: then it was done on the way.
        """
        assert self.sides.echo_writes == []

    def teardown(self) -> None:
        """Everything ends, and then both sides, our row and people's words agree."""
        sides = self.sides
        sides.drain()
        sides.reconcile()
        sides.drain()
        for id_ in sides.customers:
            word = sides.last_word(id_)
            assert (sides.in_shopify(id_), sides.in_row(id_)) == (word, word), sides.words[id_]
            assert sides.attributes[id_][SUBSCRIPTION] == WORDS[word]  # type: ignore[index]  # any text
            is_blocked = id_ in sides.blacklist
            assert is_blocked or word != "unsubscribed"
            assert not is_blocked or word == "unsubscribed" or id_ in sides.unblock

    def _any(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.sides.pending) - 1))


TestBothDirections = Machine.TestCase
TestBothDirections.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("word", ["shopify", "netcore", "link", "box", "name here", "name there"])
def test_one_action_is_at_most_two_writes(word: str) -> None:
    """Each action alone, with every echo: one write on each side of what it is about, no more."""
    sides = TwoSides()
    sides.registers("7001")
    sides.says_in_shopify("7001", "subscribed" if word != "box" else "unsubscribed")
    sides.drain()
    sides.writes.clear()

    _act(sides, word)
    sides.drain()

    written = Counter(
        (side, "consent" if about == "blacklist" else about)
        for (_, side, about), number in sides.writes.items()
        for _ in range(1)
    )
    assert sum(sides.writes.values()) <= 3  # blacklist and attribute are one write of consent
    assert all(number == 1 for number in sides.writes.values())
    assert len(written) <= 2
    assert {about for _, about in written} in ({"consent"}, {"profile"})


def _act(sides: TwoSides, word: str) -> None:
    match word:
        case "shopify":
            sides.says_in_shopify("7001", "unsubscribed")
        case "netcore":
            sides.unsubscribes_at_netcore("7001")
        case "link":
            sides.unsubscribes_by_link("7001")
        case "box":
            sides.ticks_a_box("7001")
        case "name here":
            sides.renames_in_shopify("7001", "Eve")
        case _:
            sides.renames_at_netcore("7001", "Eve")
