"""What is granted covers what it implies, and nothing else."""

import pytest

from shopbridge.shopify.scopes import missing, parse


@pytest.mark.parametrize(
    ("needed", "granted", "lacking"),
    [
        ({"read_orders"}, "read_orders,read_products", []),
        ({"read_customers"}, "write_customers", []),
        ({"write_customers"}, "read_customers", ["write_customers"]),
        ({"read_orders", "read_products"}, "", ["read_orders", "read_products"]),
        ({"read_orders"}, "read_all_orders, read_customers", ["read_orders"]),
    ],
)
def test_missing_scopes_are_named(needed: set[str], granted: str, lacking: list[str]) -> None:
    """Writing implies reading; the other way round, and by likeness, nothing is implied."""
    assert missing(needed, parse(granted)) == lacking
