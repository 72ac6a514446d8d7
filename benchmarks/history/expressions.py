"""DynamoDB's expressions as Python functions, as far as our code writes them; each is read once."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

Item = dict[str, Any]
Names = Mapping[str, str]
Values = Mapping[str, Any]
Test = Callable[[Item, Names, Values], bool]
Operand = Callable[[Item, Names, Values], Any]
Change = Callable[[Item, Names, Values], None]

MISSING = object()
_TOKEN = re.compile(r"\s*(<=|>=|<>|[=<>(),+]|[#:]?\w+)")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Tokens:
    """An expression, read from left to right."""

    def __init__(self, text: str) -> None:
        self._left = _TOKEN.findall(text)

    @property
    def next(self) -> str:
        """What comes next; empty at the end."""
        return self._left[0] if self._left else ""

    def take(self, wanted: str = "") -> str:
        """Read on; `wanted` is what has to be there."""
        token: str = self._left.pop(0)
        if wanted and token != wanted:
            raise ValueError(f"{wanted} expected, not {token}")
        return token

    def listed(self) -> Iterator[str]:
        """Read what stands in brackets, separated by commas."""
        self.take("(")
        yield self.take()
        while self.next == ",":
            self.take(",")
            yield self.take()
        self.take(")")


@cache
def condition(text: str) -> Test:
    """Read a condition."""
    tokens = Tokens(text)
    test = _any(tokens)
    if tokens.next:
        raise ValueError(f"{tokens.next} is left of {text}")
    return test


@cache
def update(text: str) -> tuple[Change, ...]:
    """Read an update: what it sets, adds to and removes."""
    tokens, changes = Tokens(text), list[Change]()
    clause = ""
    while tokens.next:
        if tokens.next in ("SET", "ADD", "REMOVE"):
            clause = tokens.take()
        elif tokens.next == ",":
            tokens.take()
        changes.append({"SET": _set, "ADD": _add, "REMOVE": _remove}[clause](tokens))
    return tuple(changes)


def _any(tokens: Tokens) -> Test:
    tests = [_all(tokens)]
    while tokens.next == "OR":
        tokens.take()
        tests.append(_all(tokens))
    return lambda *told: any(test(*told) for test in tests)


def _all(tokens: Tokens) -> Test:
    tests = [_one(tokens)]
    while tokens.next == "AND":
        tokens.take()
        tests.append(_one(tokens))
    return lambda *told: all(test(*told) for test in tests)


def _one(tokens: Tokens) -> Test:
    match tokens.next:
        case "NOT":
            tokens.take()
            test = _one(tokens)
            return lambda *told: not test(*told)
        case "(":
            tokens.take()
            test = _any(tokens)
            tokens.take(")")
            return test
        case "attribute_exists" | "attribute_not_exists" as name:
            tokens.take()
            (path,) = tokens.listed()
            wanted = name == "attribute_exists"
            return lambda item, names, _: (_named(path, names) in item) == wanted
        case "begins_with":
            tokens.take()
            value, start = map(_operand, tokens.listed())
            return lambda *told: str(value(*told)).startswith(start(*told))
    return _compared(tokens)


def _compared(tokens: Tokens) -> Test:
    left = _operand(tokens.take())
    sign = tokens.take()
    if sign == "IN":
        among = [_operand(one) for one in tokens.listed()]
        return lambda *told: left(*told) in [one(*told) for one in among]
    compare, right = _COMPARE[sign], _operand(tokens.take())

    def test(*told: Any) -> bool:
        one, other = left(*told), right(*told)
        return one is not MISSING and other is not MISSING and compare(one, other)

    return test


def _set(tokens: Tokens) -> Change:
    path = tokens.take()
    tokens.take("=")
    value = _value(tokens)

    def change(item: Item, names: Names, values: Values) -> None:
        item[_named(path, names)] = value(item, names, values)

    return change


def _value(tokens: Tokens) -> Operand:
    if tokens.next != "if_not_exists":
        return _operand(tokens.take())
    tokens.take()
    known, new = map(_operand, tokens.listed())

    def value(*told: Any) -> Any:
        found = known(*told)
        return new(*told) if found is MISSING else found

    return value


def _add(tokens: Tokens) -> Change:
    path, value = tokens.take(), _operand(tokens.take())

    def change(item: Item, names: Names, values: Values) -> None:
        name = _named(path, names)
        item[name] = item.get(name, 0) + value(item, names, values)

    return change


def _remove(tokens: Tokens) -> Change:
    path = tokens.take()
    return lambda item, names, _: item.pop(_named(path, names), None)


def _operand(token: str) -> Operand:
    if token.startswith(":"):
        return lambda item, names, values: values[token]
    return lambda item, names, _: item.get(_named(token, names), MISSING)


def _named(token: str, names: Names) -> str:
    return names[token] if token.startswith("#") else token
