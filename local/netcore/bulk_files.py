"""
Files of contacts that the panel is told to fetch.

Netcore documents neither their form nor what an empty cell means. Here the header names
attributes, a row is a contact, and an empty cell says nothing.
"""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from local.netcore import contacts
from local.netcore.panel import Panel
from local.netcore.refusal import Refused

TIMEOUT_SECONDS = 10

Fetch = Callable[[str], Awaitable[bytes | None]]
"""Fetches what is at a URL; None where there is nothing to be had."""


async def fetch(url: str) -> bytes | None:
    """Fetch over the network."""
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as http:
        try:
            answer = await http.get(url)
        except httpx.TransportError:
            return None
        return answer.content if answer.is_success else None


async def take(panel: Panel, form: dict[str, str], fetch: Fetch) -> None:
    """Do what was accepted before: fetch the file and keep its contacts; count what is no good."""
    content = await fetch(form["path"])
    if content is None:
        panel.drop("uploads")
        return
    list_id = form.get("listid")
    note: dict[str, Any] = {
        "_primarykey": panel.primary_key,
        "_listid": int(list_id) if list_id else None,
        "_via": "bulkupload",
    }
    try:
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    except (ValueError, csv.Error):
        panel.drop("uploads")
        return
    found = [_contact(header, cells, panel.primary_key) for cells in rows]
    panel.keep("contacts", [{**contact, **note} for contact in found if contact])
    panel.drop("contacts", found.count(None))


def _contact(header: list[str], cells: list[str], key: str) -> contacts.Row | None:
    """Read a row; None for one that is no good."""
    if len(cells) != len(header):
        return None
    told = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
    try:
        return contacts.row(told, key)
    except Refused:
        return None
