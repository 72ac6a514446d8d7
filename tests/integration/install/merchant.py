"""A merchant with a browser, a store that Shopify serves, and our side on moto."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import boto3
import httpx

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.oauth.pairs import Regime
from local.store.oauth.signing import CLIENT_ID, id_token, signed_query
from local.store.served import Terms
from shopbridge.entry.browser import Page
from shopbridge.install.addresses import Addresses
from shopbridge.install.begin import begin
from shopbridge.install.callback import callback
from shopbridge.install.desk import Desk
from shopbridge.install.exchange import exchange
from shopbridge.install.state import States
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.grants import Grants
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.shopify.tokens import Tokens
from shopbridge.stores.installation import Registry
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault
from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.cloud import KEYS, Cloud
from tests.integration.pipeline.watched import Steps

SECRET = "shpss_cnry_0123456789abcdef0123456789"
ONE = "query One { shop { name } }"
APP_URL = "https://app.example.com"
NEEDED = frozenset({"read_customers", "read_orders", "read_products"})

_numbers = count(1)


@dataclass
class Merchant:
    """One store that has not installed the app; whatever it is asked is counted."""

    cloud: Cloud
    regime: Regime = "until_used"
    secrets: Sequence[str] = (SECRET,)
    clock: Clock = field(default_factory=Clock)
    name: str = field(default_factory=lambda: f"leaf-{next(_numbers)}.myshopify.com")
    resumed: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    """Every request that reached Shopify, by its grant type or path."""

    @cached_property
    def shopify(self) -> httpx.Client:
        """Shopify as the simulator has it, with this store."""
        app = create_app(
            [Shop(self.name, Terms(secret=SECRET, regime=self.regime))],
            seconds=self.clock.seconds,
            sleep=self.clock.asleep,
            now=self.clock.now,
        )
        return httpx.Client(transport=InProcess(app), base_url="https://" + self.name)

    @cached_property
    def http(self) -> wire.Http:
        """Our connection to it."""
        return wire.connect(None, _Heard(self.shopify._transport, self.called), self.clock.seconds)

    @cached_property
    def vault(self) -> Vault:
        """Seals with a key of its own."""
        kms = boto3.client("kms", **KEYS)
        return Vault(kms, kms.create_key()["KeyMetadata"]["Arn"], self.clock.seconds)

    def desk(self) -> Desk:
        """Build what an install goes through."""
        stores = self.cloud.table("stores")
        return Desk(
            secrets=ClientSecrets(lambda: self.secrets, self.clock.seconds),
            states=States(stores, self.clock.now, lambda length: f"nonce{next(_numbers)}"),
            grants=self.grants(),
            addresses=Addresses(CLIENT_ID, APP_URL),
            registry=Registry(self.repository, partial(TokenRow, stores), self.vault),
            needed=NEEDED,
            resume=self.resumed.append,
            now=self.clock.now,
        )

    def grants(self) -> Grants:
        """Build the app's way to tokens."""
        return Grants(self.http, CLIENT_ID, lambda: self.secrets, self.clock.now)

    def tokens(self, steps: Steps | None = None) -> Tokens:
        """Build what hands tokens out, in a worker of its own."""
        steps = steps or Steps()
        table = steps.watch("stores", self.cloud.table("stores"))
        vault = self.vault
        own = Vault(steps.watch("kms", vault._kms), vault._key_arn, self.clock.seconds)
        return Tokens(
            repository=partial(StoreRepository, table),
            row=partial(TokenRow, table),
            vault=own,
            grants=self.grants,
            now=self.clock.now,
        )

    def gateway(self, tokens: Tokens, store: Store | None = None) -> Gateway:
        """Open the Admin API as a worker does."""
        store = store or self.store()
        return Gateway(self.http, store.name, tokens.current(store), partial(tokens.renewed, store))

    def repository(self, name: str | None = None) -> StoreRepository:
        """Return the store's row."""
        return StoreRepository(self.cloud.table("stores"), name or self.name)

    def store(self) -> Store:
        """Return the store as it is."""
        store = self.repository().get()
        assert store is not None
        return store

    def token(self) -> str:
        """Open the access token that the row holds."""
        token = self.vault.access_token(self.store())
        assert token is not None
        return token

    def install(self) -> dict[str, Any]:
        """Follow Shopify's link through to the end; return the last answer."""
        return self.back(self.authorize(self.go(self.link())))

    def link(self, **more: str) -> str:
        """Write the query of the link that Shopify shows."""
        return signed_query(self.name, SECRET, self.clock.now(), **more)

    def go(self, query: str) -> dict[str, Any]:
        """Follow the link to our first page; its cookie stays in the browser."""
        answer = self.page(begin, query)
        self.cookies = [cookie.partition(";")[0] for cookie in answer["cookies"]] or self.cookies
        return answer

    def authorize(self, begun: Mapping[str, Any]) -> str:
        """Grant access on Shopify's page; return the query that it sends back."""
        answer = self.shopify.get(begun["headers"]["Location"])
        assert answer.status_code == 302, answer.text
        return urlsplit(answer.headers["Location"]).query

    def back(self, query: str, cookies: Sequence[str] | None = None) -> dict[str, Any]:
        """Come back to our second page."""
        return self.page(callback, query, self.cookies if cookies is None else cookies)

    @classmethod
    def today(cls, cloud: Cloud, ago: timedelta = timedelta(0)) -> "Merchant":
        """Begin `ago`: who checks an id token asks the machine's own clock."""
        return cls(cloud, clock=Clock(datetime.now(UTC).replace(microsecond=0) - ago))

    def open_page(self, **claims: object) -> dict[str, Any]:
        """Let the embedded page exchange its id token; `claims` replace some of it."""
        token = id_token(self.name, str(claims.pop("secret", SECRET)), self.clock.now(), **claims)  # type: ignore[arg-type]  # claims may be odd
        return self.page(exchange, "", authorization=f"Bearer {token}")

    def page(
        self,
        serve: Callable[..., Any],
        query: str,
        cookies: Sequence[str] = (),
        authorization: str = "",
    ) -> dict[str, Any]:
        """Ask one of our functions as API Gateway does."""
        event = {
            "version": "2.0",
            "rawQueryString": query,
            "cookies": list(cookies),
            "headers": {"authorization": authorization} if authorization else {},
        }
        return Page("/auth/test", serve, self.desk)(event, None)

    def fault(self, **fault: object) -> None:
        """Plan a fault of Shopify's."""
        assert self.shopify.post("/_faults", json=fault).status_code == 201

    def act(self, **what: object) -> list[dict[str, Any]]:
        """Do something with the app in the store's admin; return the webhooks it makes."""
        made: list[dict[str, Any]] = self.shopify.post("/_app", json=what).json()["deliveries"]
        return made

    def rows(self) -> list[dict[str, Any]]:
        """Everything that lies in the table of stores about this one."""
        items = self.cloud.table("stores").scan()["Items"]
        return [dict(item) for item in items if self.name in str(item["store"])]


@dataclass
class _Heard(httpx.BaseTransport):
    """Counts what reaches Shopify."""

    inner: httpx.BaseTransport
    called: list[str]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            asked = json.loads(request.content)
        except ValueError:
            asked = dict(parse_qsl(request.content.decode()))
        kind = asked.get("grant_type", "code") if "oauth" in request.url.path else "graphql"
        self.called.append(kind.rpartition(":")[2])
        return self.inner.handle_request(request)
