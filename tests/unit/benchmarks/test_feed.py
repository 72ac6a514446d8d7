"""The product feed is built in memory that does not grow with the store."""

from benchmarks.feed import MEGABYTE, peak


def test_twice_the_variants_take_no_more_memory() -> None:
    """From where all four objects go up in parts, a feed's size makes no difference."""
    few, many = peak(7_000), peak(14_000)

    assert many < few * 1.15
    assert many < 40 * MEGABYTE
