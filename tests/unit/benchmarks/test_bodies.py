"""The bodies that are measured are as large, and as wide, as they are said to be."""

import json

import pytest

from benchmarks import bodies, scene, translation
from benchmarks.baselines import translation as baseline
from benchmarks.baselines.order import Order
from shopbridge.shopify.signature import is_signed


@pytest.mark.parametrize(
    ("lines", "smallest", "largest"), [(3, 11_000, 11_500), (40, 60_500, 61_500)]
)
def test_order_is_as_large_as_it_is_called(lines: int, smallest: int, largest: int) -> None:
    """Three lines make 11 kB and forty 61 kB, as live orders do."""
    size = len(bodies.order(lines))

    assert smallest < size < largest


def test_every_field_of_the_order_is_in_the_baselines_model() -> None:
    """The baseline validates the whole order: nothing of the body is unknown to it."""
    body = bodies.order_tree(3)

    assert set(body) == set(Order.model_fields)
    assert set(body["line_items"][0]) == set(
        Order.model_validate(body).line_items[0].model_fields_set
    )


def test_both_translations_mean_the_same() -> None:
    """Our commands of an order and the baseline's are the same JSON: equal work is compared."""
    body = bodies.order(3)

    ours = json.loads(translation.translated(body))

    assert ours == json.loads(baseline.translated(body))
    assert ours[0]["params"]["itemcount"] == 3


def test_event_is_signed() -> None:
    """The event that is measured passes the signature check."""
    event = scene.event(bodies.order(3))

    given = event["headers"]["x-shopify-hmac-sha256"]

    assert is_signed(event["body"].encode(), given, [scene.SECRET])
