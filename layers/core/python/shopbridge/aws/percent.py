"""
Percent-encoding as AWS signs it.

Not `urllib.parse`: its import takes as long as all of a topic function's own modules.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def encoded(text: str, keep: bytes = b"") -> str:
    """Encode every byte of `text` but letters, digits, `-._~` and those in `keep`."""
    return "".join(
        [
            chr(byte) if byte in _UNRESERVED or byte in keep else f"%{byte:02X}"
            for byte in text.encode()
        ]
    )
