"""Shopify's search syntax, as far as it is needed, with its silent traps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any

from local.store.admin.answers import Json, not_modelled
from local.store.resources import Resource

Getter = Callable[[Resource], Any]
Test = Callable[[Resource], bool]

_TERM = re.compile(
    r"""(?P<no>-|NOT\s+)?(?P<field>\w+):(?P<op>>=|<=|>|<)?
        (?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>\S+))""",
    re.VERBOSE,
)
_COMPARE = {">=": ge, "<=": le, ">": gt, "<": lt}
_COLUMN = re.compile(r"^\| (\w+) \|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Search:
    """What is left of a query after Shopify dropped what it does not understand."""

    test: Test
    warnings: list[Json]


def known_fields(description: str | None) -> set[str]:
    """Return the filters that Shopify's schema documents for one `query` argument."""
    return set(_COLUMN.findall(description or "")) - {"name"} | {"id"}


def read(query: str, getters: Mapping[str, Getter], known: set[str]) -> Search:
    """
    Understand `query` as Shopify does: an unknown filter and an unquoted time stamp are
    dropped, so that more is found than was asked for; only a warning tells.

    Raises:
        GraphQLError: a filter that Shopify has and the simulator lacks.
    """
    warnings: list[Json] = []
    alternatives = [
        _all_of(part, getters, known, warnings) for part in re.split(r"\s+OR\s+", query)
    ]
    return Search(lambda resource: any(test(resource) for test in alternatives), warnings)


def _all_of(
    part: str, getters: Mapping[str, Getter], known: set[str], warnings: list[Json]
) -> Test:
    if "(" in part or not part.strip():
        raise not_modelled(f"the search {part!r}")
    tests: list[Test] = []
    rest = _TERM.sub("", part).replace("AND", "").strip()
    if rest:
        raise not_modelled(f"searching for the bare word {rest!r}")
    for term in _TERM.finditer(part):
        name, bare = term["field"], term["bare"]
        if name not in known or (bare and ":" in bare):
            field = name if name not in known else f"{name}:{bare.rpartition(':')[0]}"
            message = "Invalid search field for this query."
            warnings.append({"field": field, "message": message, "code": "invalid_field"})
        elif name not in getters:
            raise not_modelled(f"the search filter {name!r}")
        else:
            tests.append(_term(term, getters[name]))
    return lambda resource: all(test(resource) for test in tests)


def _term(term: re.Match[str], getter: Getter) -> Test:
    wanted = next(term[name] for name in ("single", "double", "bare") if term[name] is not None)
    operator, negated = term["op"], bool(term["no"])

    def test(resource: Resource) -> bool:
        value = getter(resource)
        values = value if isinstance(value, list) else [value]
        return any(_matches(each, operator, wanted) for each in values) != negated

    return test


def _matches(value: Any, operator: str | None, wanted: str) -> bool:
    if value is None:
        return False
    if operator is None:
        return wanted == "*" or str(value).lower() == wanted.lower()
    right: Any = float(wanted) if isinstance(value, int | float) else wanted
    return bool(_COMPARE[operator](value, right))
