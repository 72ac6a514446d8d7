"""Which word about consent stands, whatever the order they arrive in."""

from datetime import UTC, datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.commands import ChangeConsent, ConsentState
from shopbridge.consents.merge import Address, Said, Wanted, merge, parse, said

STATES: tuple[ConsentState, ...] = ("subscribed", "unsubscribed", "not_subscribed")
MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 3, 8, tzinfo=UTC)


def word(state: ConsentState, at: datetime | None = None) -> Wanted:
    """Return what a command with `state` wants."""
    return Wanted(said(ChangeConsent("7001", "email", state, at)))


@st.composite
def wants(draw: st.DrawFn) -> Wanted:
    """Make words from few times and addresses, so that ties are common."""
    at = draw(st.sampled_from([None, MONDAY, TUESDAY]))
    command = ChangeConsent("7001", "email", draw(st.sampled_from(STATES)), at)
    known_at = draw(st.sampled_from(["", "2026-11-02", "2026-11-03"]))
    return Wanted(said(command), Address(known_at, draw(st.sampled_from("ab"))))


maybe = st.none() | wants()


@given(maybe, maybe)
def test_merging_is_commutative(one: Wanted | None, other: Wanted | None) -> None:
    """Which of two arrives first does not matter."""
    assert merge(one, other) == merge(other, one)


@given(maybe, maybe, maybe)
def test_merging_is_associative(
    one: Wanted | None, other: Wanted | None, third: Wanted | None
) -> None:
    """How words are grouped into batches does not matter."""
    assert merge(merge(one, other), third) == merge(one, merge(other, third))


@given(maybe, maybe)
def test_merging_is_idempotent(one: Wanted | None, other: Wanted | None) -> None:
    """A word that comes twice changes nothing."""
    merged = merge(one, other)

    assert merge(merged, one) == merged
    assert merge(merged, merged) == merged


@given(st.lists(wants(), min_size=1, max_size=8))
def test_an_unsubscribe_is_undone_by_a_newer_word_only(words: list[Wanted]) -> None:
    """Where the newest time has a no, a no stands."""
    merged: Wanted | None = None
    for each in words:
        merged = merge(merged, each)

    newest = max(each.said.at for each in words)
    assert merged is not None
    assert merged.said.at == newest
    assert (merged.said.state == "unsubscribed") == any(
        each.said == Said(newest, "unsubscribed") for each in words
    )


def test_tie_goes_to_the_no() -> None:
    """Yes and no at the same moment: no."""
    assert merge(word("subscribed", MONDAY), word("unsubscribed", MONDAY)) == word(
        "unsubscribed", MONDAY
    )


def test_never_asked_overrides_nothing() -> None:
    """Even with a later time, "not subscribed" leaves a yes or a no as it is."""
    for state in ("subscribed", "unsubscribed"):
        stated = word(state, MONDAY)

        assert merge(stated, word("not_subscribed", TUESDAY)) == stated


def test_every_order_of_a_life_ends_the_same() -> None:
    """Never asked, yes, no, yes again: any order of arrival leaves the last yes."""
    life = [
        word("not_subscribed"),
        word("subscribed", MONDAY),
        word("unsubscribed", TUESDAY),
        word("subscribed", datetime(2026, 11, 4, tzinfo=UTC)),
    ]

    ends = set()
    for order in permutations(life):
        merged: Wanted | None = None
        for each in order:
            merged = merge(merged, each)
        ends.add(merged)

    assert ends == {life[3]}


def test_address_follows_its_own_clock() -> None:
    """A newer address goes with an older no: it is the same no, for another address."""
    no = Wanted(Said("2026-11-02", "unsubscribed"), Address("2026-11-02", "old"))
    seen_later = Wanted(Said("2026-11-01", "subscribed"), Address("2026-11-05", "new"))

    assert merge(no, seen_later) == Wanted(
        Said("2026-11-02", "unsubscribed"), Address("2026-11-05", "new")
    )


@given(wants())
def test_rows_keep_words_whole(given_: Wanted) -> None:
    """What is written to a row is read back as it was."""
    assert parse(given_.said.text) == given_.said
