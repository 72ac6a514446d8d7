"""Functions are started before the demo measures."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from local.demo.warming import warm
from local.processes import NotServing


class Lambda:
    """Lambda with two pages of event sources; functions named in `broken` fail."""

    def __init__(self, *broken: str) -> None:
        self.broken = broken
        self.invoked: list[str] = []

    def get_paginator(self, operation: str) -> "Lambda":
        """Stand in for its own paginator."""
        assert operation == "list_event_source_mappings"
        return self

    def paginate(self) -> Iterator[dict[str, Any]]:
        """Yield the same worker on both pages: it has two lanes."""
        yield {"EventSourceMappings": [{"FunctionArn": "activities"}]}
        yield {"EventSourceMappings": [{"FunctionArn": "activities"}, {"FunctionArn": "archive"}]}

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        """Take a batch of nothing."""
        assert Payload == b'{"Records": []}'
        self.invoked.append(FunctionName)
        failed = {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorType": "KeyError"}')}
        return failed if FunctionName in self.broken else {"Payload": io.BytesIO(b"{}")}


def test_topics_start_once_and_workers_twice() -> None:
    """Each worker side by side with itself, however many lanes feed it."""
    lambda_, told = Lambda(), []

    warm(lambda_, ["create", "update"], lambda done, of: told.append((done, of)))

    assert sorted(lambda_.invoked) == [
        *("activities", "activities"),
        *("archive", "archive"),
        "create",
        "update",
    ]
    assert told == [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]


def test_a_function_that_cannot_start_is_named() -> None:
    """The demo ends before it sends anything."""
    with pytest.raises(NotServing, match="update fails: KeyError"):
        warm(Lambda("update"), ["create", "update"], lambda done, of: None)
