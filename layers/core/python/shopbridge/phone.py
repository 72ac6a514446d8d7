"""Phone numbers as Netcore takes them: digits with country code, no plus."""

import phonenumbers


def digits(written: str | None, country: str = "") -> str | None:
    """
    Return `447700900123` for `+44 7700 900123`, None for what can be no number.

    `country` (ISO code) is assumed where the number has no international prefix.
    """
    if not written:
        return None
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")
