"""GET /auth/begin: sends a merchant who follows Shopify's link to the store's grant screen."""

from shopbridge.entry.browser import Page
from shopbridge.entry.install_wiring import desk
from shopbridge.install.begin import begin

handler = Page("/auth/begin", begin, desk)
