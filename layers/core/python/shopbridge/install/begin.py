"""The first step of the authorization-code grant: from Shopify's link to its grant screen."""

from shopbridge.install import query
from shopbridge.install.desk import Desk, Reply, Visit, redirect
from shopbridge.install.state import LASTS

ATTRIBUTES = f"Path=/; Max-Age={LASTS.seconds}; Secure; HttpOnly; SameSite=Lax"
"""Lax: the browser comes back from Shopify's site, by a link."""


def begin(visit: Visit, desk: Desk) -> Reply:
    """
    Send the merchant to the store's grant screen, with a state that only this browser holds.

    Raises:
        InvalidRequest, InvalidSignature: the link is not one of Shopify's.
    """
    asked = query.verified(visit.query, desk.secrets, desk.now())
    issued = desk.states.issue(asked.store, desk.secrets.current()[0])
    return redirect(
        desk.addresses.authorize(asked.store, issued.state), f"{issued.cookie}; {ATTRIBUTES}"
    )
