"""The page on which somebody unsubscribes: words and a button, no script, nothing loaded."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

from shopbridge.page.rendering import rendered

STYLE: Final = (
    "body{margin:0 auto;max-width:30rem;padding:1.5rem;font:1.1rem/1.5 system-ui,sans-serif}"
    "button{font:inherit;padding:.6rem 1.2rem;max-width:100%;white-space:normal}"
    "h1{font-size:1.4rem;overflow-wrap:anywhere}"
)

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""The address holds the token: nothing may see it but this page."""

_CHANNELS: Final = {"email": "e-mail", "sms": "text messages"}


def shown(step: str, *, shop: str = "", channel: str = "email") -> str:
    """Write the page: `asked`, `done`, `expired`, `unknown` or `later`."""
    return rendered("unsubscribing", step=step, shop=shop, channel=_CHANNELS[channel], style=STYLE)
