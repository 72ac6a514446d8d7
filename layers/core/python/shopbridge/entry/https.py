"""What only HTTPS needs: whether the sender is Shopify, and what it is answered."""

from http import HTTPStatus

from shopbridge.entry.ingest import Services
from shopbridge.errors import InvalidSignature
from shopbridge.shopify.delivery import Arrival
from shopbridge.shopify.signature import is_signed


def authenticate(arrival: Arrival, services: Services) -> None:
    """
    Check the signature under every client secret that is in use.

    Raises:
        InvalidSignature: no secret signs these bytes so.
        SecretsUnavailable: the secrets cannot be read.
    """
    given = arrival.headers.get("hmac-sha256", "")
    if is_signed(arrival.body, given, services.secrets.current()):
        return
    if not is_signed(arrival.body, given, services.secrets.after_mismatch()):
        raise InvalidSignature("X-Shopify-Hmac-Sha256 does not belong to the body")


def answer(status: HTTPStatus) -> dict[str, str | int]:
    """Build an HTTP answer; the body says no more than the status."""
    return {"statusCode": status.value, "body": status.phrase}
