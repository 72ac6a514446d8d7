"""GET /auth/callback: installs the store that Shopify sends back with a code."""

from shopbridge.entry.browser import Page
from shopbridge.entry.install_wiring import desk
from shopbridge.install.callback import callback

handler = Page("/auth/callback", callback, desk)
