"""Phone numbers as Netcore takes them: digits with country code, no plus."""

import phonenumbers


def digits(written: str | None, country: str = "") -> str | None:
    """
    Return `447700900123` for `+44 7700 900123`, None for what can be no number.

    `country` (ISO code) is assumed where the number has no international prefix.
    """
    number = _parsed(written, country)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def international(written: str | None, country: str = "") -> str | None:
    """
    Return the digits of a number as Netcore may give it back to us: with country code, no plus.

    Only what is no such number is read as one of `country`.
    """
    with_code = digits(f"+{written}") if written and written.isdecimal() else None
    if with_code and phonenumbers.is_valid_number(phonenumbers.parse(f"+{with_code}")):
        return with_code
    return digits(written, country) or with_code


def national(written: str | None, country: str = "") -> str | None:
    """Return the digits behind the country code, all but leading zeros where there is none."""
    number = _parsed(written, country)
    if number is not None:
        return str(number.national_number)
    return "".join(filter(str.isdecimal, written or "")).lstrip("0") or None


def _parsed(written: str | None, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, country or None) if written else None
    except phonenumbers.NumberParseException:
        return None
