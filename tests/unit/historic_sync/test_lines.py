"""A bulk operation's result, taken apart: whole lines, and objects with what is nested in them."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.historic_sync.bulk.lines import MOST_LOOSE, Unusable, objects, whole_lines

LISTS = {"LineItem": "lineItems", "Refund": "refunds"}


def order(number: int) -> bytes:
    """Write the line of an order."""
    return b'{"id":"gid://shopify/Order/%d","createdAt":"2026-11-01T00:00:00Z"}' % number


def nested(kind: str, number: int, parent: str) -> bytes:
    """Write the line of something nested in `parent`."""
    line = {"id": f"gid://shopify/{kind}/{number}", "__parentId": f"gid://shopify/{parent}"}
    return json.dumps(line, separators=(",", ":")).encode()


def cut(text: bytes, size: int) -> Iterator[bytes]:
    """Cut `text` into blocks."""
    return (text[at : at + size] for at in range(0, len(text), size))


@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b""))), st.integers(1, 50))
def test_blocks_cut_lines_anywhere(lines: list[bytes], size: int) -> None:
    """However the bytes are cut, the same lines come out."""
    text = b"".join(line + b"\n" for line in lines)

    assert list(whole_lines(cut(text, size))) == lines


def test_last_line_without_its_end_is_refused() -> None:
    """What is cut off in the middle is never half believed; the whole lines came before."""
    found = whole_lines([b"one\ntwo\nthr"])

    assert [next(found), next(found)] == [b"one", b"two"]
    with pytest.raises(Unusable, match="its last line is cut"):
        next(found)


def test_objects_say_where_reading_goes_on() -> None:
    """An object's end is where the next one begins, counted from where the lines begin."""
    text = order(1) + b"\n" + order(22) + b"\n"

    found = list(objects(whole_lines([text]), 1000))

    assert [one.id for one in found] == ["gid://shopify/Order/1", "gid://shopify/Order/22"]
    assert [one.end for one in found] == [1000 + len(order(1)) + 1, 1000 + len(text)]
    assert {one.created_at for one in found} == {"2026-11-01T00:00:00Z"}


def test_nested_objects_are_put_where_pages_have_them() -> None:
    """Two kinds in two lists, each with its own; an order without any has empty ones."""
    lines = [
        order(1),
        nested("LineItem", 11, "Order/1"),
        nested("Refund", 12, "Order/1"),
        nested("LineItem", 13, "Order/1"),
        order(2),
    ]

    first, second = objects(lines, 0, LISTS)

    told = json.loads(first.text)
    assert [one["id"][-2:] for one in told["lineItems"]["nodes"]] == ["11", "13"]
    assert [one["id"][-2:] for one in told["refunds"]["nodes"]] == ["12"]
    assert (first.lines, second.lines) == (4, 1)
    assert json.loads(second.text) == {
        **json.loads(order(2)),
        "lineItems": {"nodes": []},
        "refunds": {"nodes": []},
    }


def test_nested_in_what_is_nested() -> None:
    """What belongs to a nested object goes into that one."""
    lines = [
        order(1),
        nested("Refund", 5, "Order/1"),
        nested("LineItem", 6, "Refund/5"),
    ]

    (found,) = objects(lines, 0, LISTS)

    (refund,) = json.loads(found.text)["refunds"]["nodes"]
    assert refund["lineItems"]["nodes"][0]["id"] == "gid://shopify/LineItem/6"
    assert found.lines == 3


def test_nested_objects_before_their_parent_are_not_lost() -> None:
    """They wait for it; and reading that goes on after the first object does not skip them."""
    lines = [order(1), nested("LineItem", 21, "Order/2"), order(2)]

    first, second = objects(lines, 0, LISTS)

    assert json.loads(second.text)["lineItems"]["nodes"][0]["id"] == "gid://shopify/LineItem/21"
    assert first.end == len(lines[0]) + 1
    assert second.lines == 2


@given(st.permutations(range(6)))
def test_one_object_is_whole_in_any_order(places: list[int]) -> None:
    """Wherever its parent stands among them, all of what belongs to it is there."""
    lines = [order(1), *(nested("LineItem", n, "Order/1") for n in range(11, 16))]

    shuffled = [lines[place] for place in places]
    (found,) = objects(shuffled, 0, LISTS)

    nodes = json.loads(found.text).get("lineItems", {"nodes": []})["nodes"]
    assert sorted(one["id"][-2:] for one in nodes) == ["11", "12", "13", "14", "15"]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([order(1), nested("LineItem", 2, "Order/9")], "without their parent"),
        ([order(1), nested("Metafield", 2, "Order/1")], "a nested Metafield"),
        ([order(1), b"null"], "no object"),
        ([order(1), b'{"id":7}'], "no object"),
        ([order(1), b'{"id":"x"'], "no object"),
    ],
)
def test_what_does_not_fit_is_refused(lines: list[bytes], why: str) -> None:
    """An orphan, an unknown kind, half an object: nothing of it is passed over."""
    with pytest.raises(Unusable, match=why):
        list(objects(lines, 0, LISTS))


def test_nested_objects_where_none_were_asked_for() -> None:
    """A list of plain objects has no parents in it."""
    with pytest.raises(Unusable, match="nobody asked for"):
        list(objects([order(1), nested("LineItem", 2, "Order/1")]))


def test_memory_is_bounded_where_parents_never_come() -> None:
    """After ten thousand orphans it is given up."""
    orphans = (nested("LineItem", n, "Order/9") for n in range(MOST_LOOSE + 1))

    with pytest.raises(Unusable, match="far from their parent"):
        list(objects(orphans, 0, LISTS))
