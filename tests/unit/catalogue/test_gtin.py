"""Barcodes become trade item numbers only where they mean the same everywhere."""

import pytest

from shopbridge.catalogue.gtin import gtin

GOOD = ("4006381333931", "90311017", "036282818705", "10614141000415", "3234567890126")
BAD = {
    "wrong check digit": "4006381333932",
    "13 digits of a shop's own": "2001234567893",
    "12 digits of a shop's own": "212345678992",
    "coupon": "9901234567891",
    "nothing but zeros": "0000000000000",
    "eleven digits": "40063813339",
    "letters": "400638133393X",
    "digits of another script": "٤٠٠٦٣٨١٣٣٣٩٣١",
    "empty": "",
}


@pytest.mark.parametrize("barcode", GOOD)
def test_a_global_number_is_kept(barcode: str) -> None:
    """EAN-13, EAN-8, UPC-A and GTIN-14 with their check digits."""
    assert gtin(barcode) == barcode


@pytest.mark.parametrize("barcode", BAD.values(), ids=BAD)
def test_anything_else_is_none(barcode: str) -> None:
    """What Google would refuse is no trade item number."""
    assert gtin(barcode) == ""
