"""A query that Shopify signed: whose store, and what it says."""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from shopbridge.errors import InvalidRequest, InvalidSignature
from shopbridge.shopify.domain import is_store
from shopbridge.shopify.secrets import ClientSecrets

LONGEST: Final = 8192
"""Characters of a query that are read."""
MOST_PARAMETERS: Final = 50
FRESH: Final = timedelta(seconds=90)
"""How far Shopify's clock and ours may differ, as Shopify's own libraries have it."""

_UNSIGNED = frozenset({"hmac", "signature"})
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What a signed query says."""

    store: str
    at: datetime
    """When Shopify signed it."""
    values: Mapping[str, str]


def verified(raw: str, secrets: ClientSecrets, now: datetime) -> Query:
    """
    Read a query and believe it.

    Raises:
        InvalidRequest: not one store is named, or no query at all.
        InvalidSignature: no client secret signs it, or not now.
        SecretsUnavailable: the client secrets cannot be read.
    """
    pairs = _pairs(raw)
    store = _store(pairs)
    values = dict(pairs)
    given = values.get("hmac", "")
    if not _is_signed(pairs, given, secrets.current()) and not _is_signed(
        pairs, given, secrets.after_mismatch()
    ):
        raise InvalidSignature("the query's hmac does not belong to it")
    at = _time(values.get("timestamp", ""))
    if abs(now - at) > FRESH:
        raise InvalidSignature("the query was not signed now")
    return Query(store, at, values)


def signature(pairs: Iterable[tuple[str, str]], secret: str) -> str:
    """
    Return what Shopify writes as `hmac`: hex, over the sorted parameters but itself.

    A list (`ids[]=2&ids[]=1`) is signed as `ids=["2", "1"]`.
    """
    signed: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.endswith("[]"):
            lists.setdefault(name.removesuffix("[]"), []).append(f'"{value}"')
        elif name not in _UNSIGNED:
            signed[name] = value
    signed |= {name: f"[{', '.join(values)}]" for name, values in lists.items()}
    text = "&".join(sorted(f"{_escaped(k, '%&=')}={_escaped(v, '%&')}" for k, v in signed.items()))
    return hmac.digest(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _is_signed(pairs: Pairs, given: str, secrets: Iterable[str]) -> bool:
    text = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(signature(pairs, secret).encode(), text) for secret in secrets)


def _pairs(raw: str) -> Pairs:
    """Split a query; a parameter that is there twice could mean either, so it means nothing."""
    if len(raw) > LONGEST:
        raise InvalidRequest("a query that is too long")
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as exc:
        raise InvalidRequest("a query of too many parameters") from exc
    single = [name for name, _ in pairs if not name.endswith("[]")]
    if single.count("shop") == 1 and len(set(single)) != len(single):
        raise InvalidSignature("a parameter is there twice")
    return pairs


def _store(pairs: Pairs) -> str:
    named = [(name, value) for name, value in pairs if name.partition("[")[0] == "shop"]
    if len(named) != 1 or named[0][0] != "shop" or not is_store(named[0][1]):
        raise InvalidRequest("the query names no store, or several")
    return named[0][1].lower()


def _time(written: str) -> datetime:
    if not _SECONDS.fullmatch(written):
        raise InvalidSignature("the query's timestamp is no time")
    return datetime.fromtimestamp(int(written), UTC)


def _escaped(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
