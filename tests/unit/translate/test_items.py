"""Line items, lists and texts: whole, cut with a flag, or left out."""

import msgspec

from tests.unit.translate.given import activity, payload

LINE = payload("orders/create")["line_items"][0]


def test_an_order_without_lines_has_no_items() -> None:
    """The key is left out: Netcore drops activities that carry an empty array."""
    params = activity("orders/create", payload("orders/create", line_items=[])).params

    assert "items" not in params
    assert params["itemcount"] == 0


def test_ten_thousand_lines_are_cut_with_a_flag() -> None:
    """The first 250 lines are listed, all are counted, and the cut is told."""
    order = payload("orders/create", line_items=[LINE] * 10_000)

    params = activity("orders/create", order).params

    assert (len(params["items"]), params["itemcount"]) == (250, 20_000)
    assert params["items_truncated"] == "true"


def test_long_lines_are_cut_earlier() -> None:
    """However long titles are, a message's items stay below 96,000 bytes."""
    long = LINE | {"title": "長" * 400, "variant_title": "い" * 400, "vendor": "名" * 400}
    order = payload("orders/create", line_items=[long] * 250)

    params = activity("orders/create", order).params

    assert len(params["items"]) == 39
    assert 90_000 < len(msgspec.json.encode(params["items"])) <= 96_000
    assert params["items_truncated"] == "true"


def test_five_thousand_tags_are_cut_between_two_tags() -> None:
    """A list too long is cut at a comma, with a flag."""
    order = payload("orders/create", tags=", ".join(f"tag-{n:04}" for n in range(5000)))

    params = activity("orders/create", order).params

    assert params["tags"].endswith(", tag-0099")
    assert params["tags_truncated"] == "true"


def test_half_a_tag_is_no_tag() -> None:
    """One word longer than the whole list may be is left out, and the cut is told."""
    params = activity("orders/create", payload("orders/create", tags="x" * 2000)).params

    assert "tags" not in params
    assert params["tags_truncated"] == "true"


def test_nothing_is_sent_empty() -> None:
    """Null and empty values leave no key behind, in the order or in its lines."""
    order = payload("orders/create", tags="", discount_codes=[{"code": None}], cart_token=None)

    params = activity("orders/create", order).params

    assert {"tags", "discount_codes", "cart_token", "fulfillment_status"}.isdisjoint(params)
    assert "prid" not in params["items"][1]


def test_text_from_buyers_stays_text() -> None:
    """Markup, formulas, look-ups and writing from right to left are passed on untouched."""
    title = "<script>=cmd()${jndi:ldap://x} 🎁 \u202e\u05e9\u05dc\u05d5\u05dd"
    order = payload("orders/create", line_items=[LINE | {"title": title}])

    assert activity("orders/create", order).params["items"][0]["name"] == title
