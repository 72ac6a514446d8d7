"""What Shopify says now about the app's own installation in a store."""

from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Model
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.scopes import Scopes


class Scope(Model):
    """One access scope that the merchant granted."""

    handle: str


class Installation(Model):
    """The app as it is installed in one store."""

    access_scopes: tuple[Scope, ...]


def granted(gateway: Asks) -> Scopes:
    """
    Ask which scopes the merchant grants at this moment.

    Raises:
        AdminUnavailable: Shopify cannot say now.
        AdminRejected: Shopify refuses the app or the store.
    """
    told = gateway.ask(load("granted_scopes"), {}).data.get("currentAppInstallation")
    if told is None:
        raise AdminUnavailable("an answer without the installation")
    return frozenset(scope.handle for scope in Installation.model_validate(told).access_scopes)
