"""What a merchant reads where there is no page to show."""

from http import HTTPStatus
from typing import Final

WORDS: Final = {
    HTTPStatus.BAD_REQUEST: "This address is not complete. Open the app in your Shopify admin.",
    HTTPStatus.UNAUTHORIZED: "Shopify did not say who you are. Open the app in your Shopify "
    "admin again.",
    HTTPStatus.NOT_FOUND: "There is no such page.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here. Open the app again in a moment.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Something did not answer. Open the app again in a minute.",
}
