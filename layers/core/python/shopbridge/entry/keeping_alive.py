"""Keeps tokens of stores alive in which nothing happens: a refresh token lasts 90 days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aws_lambda_powertools import Logger

from shopbridge.errors import Rejected, Unavailable
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify.tokens import Tokens
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.stores.store import Store

logger = Logger()

LEFT: Final = timedelta(days=60)
"""A refresh token with less than this left belongs to a store that was idle for a month."""


class NotAllKept(Unavailable):
    """Some tokens could not be refreshed now: the schedule's next try goes on with them."""


@dataclass(frozen=True)
class KeepAlive:
    """The scheduled function; `stores` lists those with a refresh token."""

    stores: Callable[[], Iterator[Store]]
    tokens: Callable[[], Tokens]
    now: Callable[[], datetime]

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, int]:
        """
        Refresh what would otherwise lapse; a store whose tokens are refused stops nobody.

        Raises:
            NotAllKept: Shopify or AWS did not answer for some, or time is up.
        """
        shift, tokens = Shift(), self.tokens()
        shift.begin(self.now(), context)
        kept, lapsed, failed = 0, 0, 0
        for store in self.stores():
            if shift.is_late(self.now()):
                raise NotAllKept("no time left")
            try:
                kept += tokens.keep_alive(store, LEFT)
            except Rejected as exc:
                lapsed += 1
                logger.warning("lapsed", extra={"shop": store.name, "reason": str(exc)})
            except (Unavailable, *AWS_FAILURES) as exc:
                failed += 1
                trouble.tell("not kept alive", exc, shop=store.name)
        logger.info("kept alive", extra={"kept": kept, "lapsed": lapsed, "failed": failed})
        if failed:
            raise NotAllKept(f"{failed} stores")
        return {"kept": kept, "lapsed": lapsed}
