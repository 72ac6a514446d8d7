"""The shell of the merchant's page: who asks, for which page, and what is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

from aws_lambda_powertools import Logger

from shopbridge.entry.api.caller import Door
from shopbridge.entry.api.desk import Sight
from shopbridge.entry.page.activity import activity
from shopbridge.entry.page.answers import Answer, asset, onward, page, told
from shopbridge.entry.page.from_shopify import from_shopify
from shopbridge.entry.page.historic_sync import historic_sync
from shopbridge.entry.page.home import home
from shopbridge.entry.page.shown import Visit
from shopbridge.entry.page.to_shopify import to_shopify
from shopbridge.errors import InvalidSignature, Unavailable
from shopbridge.page.frame import SESSION_TOKEN, Frame, Site
from shopbridge.page.rendering import rendered
from shopbridge.passing import is_passing
from shopbridge.shopify.domain import is_store
from shopbridge.station import trouble
from shopbridge.stores.store import Store

logger = Logger()

SHOWS: Final[Mapping[str, Callable[[Visit], str]]] = {
    "": home,
    "from-shopify": from_shopify,
    "historic-sync": historic_sync,
    "to-shopify": to_shopify,
    "activity": activity,
}

LONGEST_HOST: Final = 512
"""Characters of Shopify's parameter `host` that are passed on."""
MOST_PARAMETERS: Final = 50

Query = dict[str, str]


class Office(Protocol):
    """What the shell needs from outside."""

    @property
    def door(self) -> Door:
        """Believes session tokens."""

    @property
    def site(self) -> Site:
        """Says where the app and Shopify's parts of it are."""

    def sight(self, store: str) -> Sight | None:
        """Return what is to be seen of `store`; None where it never installed us."""


@dataclass(frozen=True)
class Pages:
    """What Lambda calls for everything that a merchant's browser shows of us."""

    office: Callable[[], Office]

    def __call__(self, event: Mapping[str, Any], context: object) -> Answer:
        """Answer one request; nothing that goes wrong shows more than its kind."""
        try:
            return self._served(str(event.get("rawPath", "")).strip("/"), event)
        except Unavailable as exc:
            trouble.tell("unavailable", exc)
            return told(HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as exc:
            trouble.tell("page failed", exc)
            passing = is_passing(exc)
            return told(
                HTTPStatus.SERVICE_UNAVAILABLE if passing else HTTPStatus.INTERNAL_SERVER_ERROR
            )

    def _served(self, path: str, event: Mapping[str, Any]) -> Answer:
        if path.startswith("assets/"):
            return asset(path) or told(HTTPStatus.NOT_FOUND)
        query = _query(str(event.get("rawQueryString") or ""))
        if path == SESSION_TOKEN:
            return self._session_token(query)
        if path not in SHOWS:
            return told(HTTPStatus.NOT_FOUND)
        if "id_token" in query:
            return self._with_token(path, query)
        if "hmac" in query and query.get("embedded") != "1":
            return onward("auth/begin", **query)
        return _for_a_token(path, query)

    def _with_token(self, path: str, query: Query) -> Answer:
        office = self.office()
        try:
            session = office.door.session(f"Bearer {query['id_token']}")
        except InvalidSignature:
            if "again" in query:  # a new token is no better
                return told(HTTPStatus.UNAUTHORIZED)
            return _for_a_token(path, query)
        sight = office.sight(session.store)
        frame = Frame(office.site, session.store, query.get("host", "")[:LONGEST_HOST], path)
        if sight is None or not _connected(sight.store) or "connect" in query:
            return page(rendered("connect", frame=frame, here=frame.link(path)), frame)
        html = SHOWS[path](Visit(sight, frame, query))
        logger.info("page", extra={"shop": session.store, "page": path or "home"})
        return page(html, frame)

    def _session_token(self, query: Query) -> Answer:
        """Show nothing of a store: App Bridge fetches an id token here, and goes on."""
        store = query.get("shop", "")
        if not is_store(store):
            return told(HTTPStatus.BAD_REQUEST)
        frame = Frame(self.office().site, store.lower())
        return page(rendered("session_token", frame=frame), frame)


def _for_a_token(path: str, query: Query) -> Answer:
    """Send the browser where App Bridge fetches an id token."""
    if not is_store(query.get("shop", "")):
        return told(HTTPStatus.BAD_REQUEST)
    kept = {name: query[name] for name in ("shop", "host", "step", "connect") if name in query}
    back = onward(f"/{path}", **kept, embedded="1", again="1")["headers"]["Location"]
    return onward(SESSION_TOKEN, **kept, **{"shopify-reload": back})


def _connected(store: Store) -> bool:
    return store.status != "uninstalled" and store.sealed_access_token is not None


def _query(raw: str) -> Query:
    try:
        return dict(parse_qsl(raw, max_num_fields=MOST_PARAMETERS))
    except ValueError:
        return {}
