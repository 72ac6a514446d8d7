"""Links to unsubscribe: whoever has one, and nobody else, speaks for its customer."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.stores.store import never_installed
from shopbridge.to_shopify.links import Link, expiry, maker, read, write

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LINK = Link("vapid-store.myshopify.com", "7001", "email", datetime(2029, 1, 1, tzinfo=UTC))


def test_what_is_written_is_read() -> None:
    """With the secret that signed it, or any that is still known."""
    assert read(write(LINK, "old"), ["new", "old"]) == LINK


@given(st.text(max_size=60))
def test_nothing_else_is_a_link(token: str) -> None:
    """Whatever text it is."""
    assert read(token, ["secret"]) is None


@given(st.data())
def test_one_bit_makes_it_another(data: st.DataObject) -> None:
    """Every character of the text counts."""
    token = write(LINK, "secret")
    place = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.sampled_from("AbC0_-").filter(lambda one: one != token[place]))

    assert read(f"{token[:place]}{other}{token[place + 1 :]}", ["secret"]) is None


def test_a_link_stays_the_same_for_a_year() -> None:
    """So that a contact's attribute changes, and is sent, once a year; it lasts two at least."""
    ends = [expiry(datetime(2026, 1, 1, tzinfo=UTC)), expiry(NOW)]

    assert ends == [datetime(2029, 1, 1, tzinfo=UTC)] * 2
    assert (LINK.is_over(NOW), LINK.is_over(ends[0])) == (False, True)


def test_the_longest_address_fits_an_attribute() -> None:
    """Netcore's attributes hold 255 characters; a store's name has 60, an id 19."""
    make = maker(
        "https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com", lambda: "secret", lambda: NOW
    )

    url = make(never_installed(f"{'a' * 60}.myshopify.com", NOW), "9" * 19)

    assert url.startswith("https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com/u/")
    assert len(url) <= 255
