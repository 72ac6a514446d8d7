"""Wires what an install goes through."""

import secrets
from functools import cache, partial

from shopbridge.entry.resumption import resume_later
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.install.addresses import Addresses
from shopbridge.install.desk import Desk
from shopbridge.install.state import States
from shopbridge.shopify.scopes import parse
from shopbridge.stores.installation import Registry
from shopbridge.stores.tokens import TokenRow


def wired(environment: Environment) -> Desk:
    """Wire a desk from the variables that infra sets."""
    wiring = Wiring(environment)
    stores = wiring.table("STORES_TABLE")
    return Desk(
        secrets=wiring.shopify.secrets,
        states=States(stores, now, secrets.token_urlsafe),
        grants=wiring.shopify.grants,
        addresses=Addresses(
            client_id=environment["SHOPIFY_CLIENT_ID"],
            app_url=environment["APP_URL"],
            admin_url=environment.get("SHOPIFY_ADMIN_URL"),
        ),
        registry=Registry(wiring.store, partial(TokenRow, stores), wiring.vault),
        needed=parse(environment["SHOPIFY_SCOPES"]),
        resume=resume_later(environment),
        now=now,
    )


@cache
def desk() -> Desk:
    """Wire the desk, once per warm function."""
    return wired(Environment())
