"""Which barcodes are trade item numbers that mean the same everywhere (GS1's rules)."""

from typing import Final

LENGTHS: Final = frozenset({8, 12, 13, 14})

NOT_GLOBAL: Final = ("02", "04", "05", "2", "981", "982", "983", "984", "99")
"""GS1 prefixes for use inside one company, and for coupons; Google takes none of them."""


def gtin(barcode: str) -> str:
    """Return `barcode` where it is a GTIN that feeds may carry, else an empty text."""
    if len(barcode) not in LENGTHS or not (barcode.isascii() and barcode.isdecimal()):
        return ""
    digits = barcode.zfill(14)
    # A GTIN-8 has prefixes of its own; of the others, the first of 14 digits says how it is packed.
    if len(barcode) > min(LENGTHS) and digits[1:].startswith(NOT_GLOBAL):
        return ""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits))
    return "" if total % 10 or not total else barcode
