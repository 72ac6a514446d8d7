"""Carries out what was found about subscriptions; what Shopify refuses stays a finding."""

from collections.abc import Iterable, Iterator

from shopbridge.reconciliation.finding import Check
from shopbridge.reconciliation.subscriptions import STAND_IN, Finding, Wanted
from shopbridge.shopify import subscriptions
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.subscriptions import NotChanged


def mended(gateway: Asks, wanted: Wanted, found: Iterable[Finding]) -> Iterator[Check]:
    """
    Delete what is one too many, make what is missing; yield what was found and done.

    Raises:
        AdminUnavailable: Shopify does not answer; what was done stays done.
        AdminRejected: Shopify refuses the app or the store.
    """
    for one in found:
        try:
            yield one.check.after(_done(gateway, wanted, one))
        except NotChanged:
            yield one.check


def _done(gateway: Asks, wanted: Wanted, one: Finding) -> str:
    if one.delete:
        subscriptions.delete(gateway, one.delete.id)
        return "the store's was deleted"
    if one.create:
        subscriptions.create(gateway, one.create, wanted.uri(one.create), STAND_IN)
        return "a subscription of this store stands in"
    return ""
