"""Opens the merchant's page as a browser in Shopify's admin does, for a deployment on moto."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from shopbridge.entry.api.caller import Caller, Door
from shopbridge.entry.api.desk import Sight
from shopbridge.entry.page.pages import Pages
from shopbridge.page.frame import Site
from tests.integration.account import STORE
from tests.integration.api.calling import CLIENT_ID, Gateway, Said, claims, token


@dataclass
class Browser:
    """Asks for pages; behind them is the same account as behind the API."""

    gateway: Gateway

    def __post_init__(self) -> None:
        self.pages = Pages(lambda: self)

    @property
    def door(self) -> Door:
        """Let in by the secrets of these tests."""
        return self.gateway.door

    @property
    def site(self) -> Site:
        """Shopify's own addresses, as in the cloud."""
        return Site(CLIENT_ID, app="https://api.example")

    def sight(self, store: str) -> Sight | None:
        """Look at the store as the API would."""
        return self.gateway.desk(Caller("nobody", store))

    def open(self, path: str = "/", bearer: str = "", **query: str) -> Said:
        """Open a page as Shopify's admin does: with a fresh id token."""
        shown = bearer or token(claims())
        asked = {"shop": STORE, "host": "aG9zdA", "embedded": "1", "id_token": shown, **query}
        return self.ask(path, **asked)

    def ask(self, path: str, **query: str) -> Said:
        """Ask for a page with this query and nothing else."""
        answer: dict[str, Any] = self.pages(
            {"rawPath": path, "rawQueryString": urlencode(query), "headers": {}}, None
        )
        return Said(answer["statusCode"], answer["headers"], answer["body"])
