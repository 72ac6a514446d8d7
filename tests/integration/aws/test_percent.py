"""Percent-encoding is the standard library's, byte for byte."""

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.aws.percent import encoded

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_text_is_encoded_as_the_library_does(text: str) -> None:
    """Every character but the unreserved ones becomes the bytes of its UTF-8."""
    assert encoded(text) == quote(text, safe="")


@given(TEXT)
def test_paths_keep_their_slashes(text: str) -> None:
    """What is named is kept as it is."""
    assert encoded(text, b"/") == quote(text, safe="/")
