"""The last step of the authorization-code grant: from Shopify's code to an installed store."""

from shopbridge.install import query
from shopbridge.install.admission import admit
from shopbridge.install.desk import Desk, Reply, Visit, redirect
from shopbridge.install.state import COOKIE

FORGET = f"{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"


def callback(visit: Visit, desk: Desk) -> Reply:
    """
    Install the store, or authorise it again, and send the merchant to the app's page.

    Raises:
        InvalidRequest, InvalidSignature: not Shopify's redirect.
        Forbidden: another browser began this, or scopes are missing; nothing is stored.
        GrantRefused: Shopify does not know the code.
    """
    granted = query.verified(visit.query, desk.secrets, desk.now())
    state = granted.values.get("state", "")
    desk.states.redeem(granted.store, state, visit.cookies, desk.secrets.current())
    grant = desk.grants.by_code(granted.store, granted.values.get("code", ""))
    admit(granted.store, grant, granted.at, desk)
    return redirect(desk.addresses.landing(granted.store), FORGET)
