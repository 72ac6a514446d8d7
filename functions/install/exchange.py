"""POST /auth/exchange: installs the store of the embedded page's id token."""

from shopbridge.entry.browser import Page
from shopbridge.entry.install_wiring import desk
from shopbridge.install.exchange import exchange

handler = Page("/auth/exchange", exchange, desk)
