"""Single values in a webhook body's spelling."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from local.store.money import plain
from local.store.world import World

Body = dict[str, Any]


def number(gid: str) -> int:
    """Return the number at the end of a gid, exactly."""
    return int(gid.rpartition("/")[2].partition("?")[0])


def local(world: World, stamp: str | None) -> str | None:
    """Return a UTC stamp in the shop's own offset, as webhooks carry it."""
    if stamp is None:
        return None
    zone = timezone(world.utc_offset)
    return datetime.fromisoformat(stamp).astimezone(zone).isoformat(timespec="seconds")


def precise(stamp: str) -> str:
    """Return a UTC stamp with milliseconds, as the GraphQL-shaped topics carry it."""
    return stamp.replace("Z", ".000Z")


def amount(money: dict[str, str]) -> str:
    """Return a `MoneyV2` as a string with all digits of its currency."""
    return plain(Decimal(money["amount"]), money["currencyCode"])


def shop_amount(bag: Body) -> str:
    """Return what the shop gets of a `MoneyBag`."""
    return amount(bag["shopMoney"])


def money_set(bag: Body) -> Body:
    """Return a `MoneyBag` in snake case."""
    return {
        side: {"amount": amount(bag[key]), "currency_code": bag[key]["currencyCode"]}
        for side, key in (("shop_money", "shopMoney"), ("presentment_money", "presentmentMoney"))
    }


def zero_set(world: World, presentment: str) -> Body:
    """Return nothing at all, in both currencies."""
    return money_set(world.money(Decimal(0), presentment))


def minutes(offset: timedelta) -> str:
    """Return a UTC offset as the shop's `timezone` text shows it, such as `+05:30`."""
    sign = "-" if offset < timedelta(0) else "+"
    hours, rest = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"{sign}{hours:02}:{rest:02}"
