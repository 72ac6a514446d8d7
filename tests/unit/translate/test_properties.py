"""Whatever a body holds: it is told or refused, never an accident, and it can travel."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect

from infra.topics import TOPICS
from shopbridge import message
from shopbridge.commands import Command
from shopbridge.errors import InvalidPayload
from shopbridge.ledger.rows import made, resource_key, summary
from shopbridge.message import Head
from shopbridge.moments import dated
from shopbridge.shopify.reading import read
from tests.unit.translate.given import PRESENTMENT_STORE, STORE, payload, webhook

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

TIMES = st.sampled_from(
    [
        "2026-11-03T09:12:30-05:00",
        "2026-11-03T09:12:30",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ]
)
MONEY = st.sampled_from(
    [*("10.00", "0", "-5.00", "12800", "0.001") * 8, "sNaN", "-Infinity", "1e999", "0E-999999999"]
)
"""Mostly amounts: one impossible one refuses the whole body."""

TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "\0", "\ud800", "\ufffe", "a@b.c\r\n", "+16135550142", "é" * 3000]),
)
IDS = st.one_of(st.integers(1, 2**63 - 1), st.integers(1).map(lambda n: f"gid://shopify/X/{n}"))
ANY = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, TIMES, MONEY, IDS),
    st.sampled_from(["[]", "{}", "[[]]", "18446744073709551616", "-1"]).map(json.loads),
)
"""JSON values that no one expects in their place."""


def _accepted(kind: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one per type
    """Make JSON that a payload's type accepts."""
    match kind:
        case inspect.UnionType(types=types):
            return st.one_of([_accepted(one) for one in types])
        case inspect.StructType(fields=fields):
            needed = {f.encode_name: _accepted(f.type) for f in fields if f.required}
            other = {f.encode_name: _accepted(f.type) for f in fields if not f.required}
            return st.fixed_dictionaries(needed, optional=other)
        case inspect.VarTupleType(item_type=item):
            return st.lists(_accepted(item), max_size=3)
        case inspect.IntType(ge=lowest, le=highest):
            return st.integers(lowest, highest)
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.replace("\\A", "^"), fullmatch=True).filter(
                lambda text: len(text) <= 64
            )
        case inspect.StrType(min_length=shortest):
            return TEXT.filter(lambda text: len(text) >= (shortest or 0))
        case inspect.DecimalType():
            return MONEY
        case inspect.DateTimeType():
            return TIMES
        case inspect.NoneType():
            return st.none()
    raise NotImplementedError(f"payloads have no {kind} yet: say here what it accepts")


BODIES = {topic: _accepted(inspect.type_info(webhook(topic).payload)) for topic in TOPICS}


@st.composite
def _spoiled(draw: st.DrawFn) -> tuple[str, object]:
    """Draw a topic and its fixture's body with up to four values gone or replaced."""
    topic = draw(st.sampled_from(list(TOPICS)))
    body: Any = payload(topic)
    for _ in range(draw(st.integers(1, 4))):
        place = body
        while place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.booleans()):
                place = place[key]
                continue
            if draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(ANY)
            break
    return topic, body


def _delivered(topic: str, body: object) -> tuple[Command, ...]:
    """Do with a body what ingest does: read, translate, date, write; none if refused."""
    handler = webhook(topic)
    try:
        parsed = read(json.dumps(body).encode(), handler.payload)
        resource = resource_key(STORE.store, parsed.resource)
        commands: tuple[Command, ...] = ()
        for store in (STORE, PRESENTMENT_STORE):
            commands = tuple(dated(one, NOW, NOW) for one in handler.translate(parsed, store))
    except InvalidPayload:
        return ()
    numbers = tuple(range(len(commands)))
    head = Head(STORE.store, topic, "event", "digest", NOW, NOW, commands=commands, numbers=numbers)
    assert message.read_head(message.write(head, b"")).commands == commands
    assert len(resource.encode()) <= 2048
    assert len(parsed.title.encode()) <= 1024
    assert [made(summary(one, None)).ended for one in commands] == [""] * len(commands)
    return commands


@pytest.mark.parametrize("topic", TOPICS)
def test_whatever_the_type_accepts_is_told_or_refused(topic: str) -> None:
    """For any body of a payload's type: commands that can travel, or `InvalidPayload`."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(BODIES[topic])
    def holds(body: object) -> None:
        _delivered(topic, body)

    holds()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_spoiled())
def test_a_spoiled_body_is_told_or_refused(case: tuple[str, object]) -> None:
    """A real body with values gone or replaced does no worse."""
    topic, body = case

    commands = _delivered(topic, body)

    assert msgspec.json.encode(commands)


@given(st.binary(max_size=200))
def test_what_is_no_body_is_refused(body: bytes) -> None:
    """Random bytes are read as no payload, and nothing but `InvalidPayload` says so."""
    with pytest.raises(InvalidPayload):
        read(body, webhook("orders/create").payload)
