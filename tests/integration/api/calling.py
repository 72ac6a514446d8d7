"""Calls the settings API as API Gateway does, for a deployment on moto."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3
import httpx
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.served import ACCESS_TOKEN
from shopbridge.archive.reader import ArchiveReader
from shopbridge.catalogue.feeds import Feeds
from shopbridge.entry.api.caller import Caller, Door
from shopbridge.entry.api.cursors import Cursors
from shopbridge.entry.api.desk import Desk
from shopbridge.entry.api.gate import Api
from shopbridge.entry.api.repeats import Repeats, kept_in
from shopbridge.entry.patience import LINKS
from shopbridge.errors import NetcoreKeyRefused
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from shopbridge.netcore.client import NetcoreClient, shared
from shopbridge.netcore.regions import hosts
from shopbridge.parked.listing import Parked
from shopbridge.parked.replay import Replay
from shopbridge.privacy.requests import DataRequests
from shopbridge.shopify import gateway, wire
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.stores.changes import ChangeLog
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault
from shopbridge.to_shopify.secrets import InboundSecrets
from tests.integration.account import ARCHIVED, KEPT, NOW, REGION, STORE, Account

CLIENT_ID = "8d1c0f6ab1d24d0f8a3c7a0e3f1b2c4d"
SECRET = "shpss_0123456789abcdef0123456789abcdef"
OLD_SECRET = "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"
OPERATOR = "arn:aws:sts::123456789012:assumed-role/Operator/asha"
NOW_S = int(NOW.timestamp())


def claims(store: str = STORE, **changes: Any) -> dict[str, Any]:
    """Write what Shopify puts into a session token; None leaves a claim out."""
    told = {
        "iss": f"https://{store}/admin",
        "dest": f"https://{store}",
        "aud": CLIENT_ID,
        "sub": "42",
        "exp": NOW_S + 50,
        "nbf": NOW_S - 10,
        "iat": NOW_S - 10,
        "jti": "f8912129-1af6-4cad-9ca3-76b0f7621087",
        "sid": "aaea182f2732d44c23057c0fea584021a4485b2bd25d3eb7fd349313ad24c685",
    }
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def token(told: Mapping[str, Any], secret: str = SECRET, algorithm: str = "HS256") -> str:
    """Sign claims, whatever they are; with the algorithm `none` there is no signature."""
    parts = [_part(json.dumps(one).encode()) for one in ({"alg": algorithm, "typ": "JWT"}, told)]
    if algorithm == "none":
        return ".".join([*parts, ""])
    hash_ = f"sha{algorithm.removeprefix('HS')}"
    signature = hmac.digest(secret.encode(), ".".join(parts).encode(), hash_)
    return ".".join([*parts, _part(signature)])


def _part(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Context(LambdaContext):
    """What Lambda says beside an event: half a minute is left."""

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """Tell what is left, in milliseconds."""
        return 29_000


@dataclass(frozen=True)
class Said:
    """One answer."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)

    @property
    def etag(self) -> str:
        """The version of the store."""
        return self.headers["ETag"]


@dataclass
class Gateway:
    """Stands for API Gateway and for whoever is behind it."""

    account: Account
    netcore: Any = field(default_factory=lambda: httpx.Response(200, json={"result": "success"}))
    asked: list[httpx.Request] = field(default_factory=list)
    admin_token: str = ACCESS_TOKEN
    """What the store's row would hold, sealed."""
    resumed: list[tuple[str, ...]] = field(default_factory=list)
    """The reasons for which something was to be sent on; none stands for an authorisation."""
    launched: list[Run] = field(default_factory=list)
    configured: list[Store] = field(default_factory=list)
    """Stores whose storefront was to be told of what was saved."""
    customers: int = 2_400
    """How many the store has, as Shopify counts."""

    def __post_init__(self) -> None:
        self.account.describe()
        parameter = boto3.client("ssm", region_name=REGION).get_parameter(
            Name="/shopbridge/test/deployment"
        )
        key = json.loads(parameter["Parameter"]["Value"])["store_key"]
        self.vault = Vault(boto3.client("kms", region_name=REGION), key, lambda: 0.0)
        self.secrets = ClientSecrets(lambda: (SECRET, OLD_SECRET), lambda: 0.0)
        self._kept = kept_in("stores", boto3.client("dynamodb", region_name=REGION))
        self.api = Api(lambda: self)

    @property
    def door(self) -> Door:
        """Let in by the secrets of these tests."""
        return Door(CLIENT_ID, self.secrets, lambda: NOW)

    def desk(self, caller: Caller) -> Desk | None:
        """Lay out the store of the caller."""
        repository = self.account.repository(caller.store)
        store = repository.get()
        if store is None:
            return None
        return Desk(
            caller=caller,
            store=store,
            repository=repository,
            changes=ChangeLog(self.account.stores, store.name),
            ledger=self.account.reader,
            parked=Parked(self.account.reader, self.account.s3, KEPT),
            vault=self.vault,
            tokens=TokenRow(self.account.stores, store.name),
            gateway=self._admin,
            netcore=self._netcore,
            cursors=Cursors(store.name, self.secrets.current),
            repeats=Repeats(self._kept, f"{store.name} {store.epoch}", lambda: SECRET),
            now=lambda: NOW,
            resume=lambda: self.account.resume,
            resume_later=self._later,
            configure_soon=self.configured.append,
            replay=lambda: Replay(
                store.name,
                ArchiveReader(self.account.s3, ARCHIVED, store.name),
                self.account.reader,
                self.account.again,
            ),
            history=Control(Runs(self.account.runs, store.name), self.launched.append, lambda: NOW),
            manifests=Manifests(self.account.s3, KEPT, store.name),
            data_requests=DataRequests(self.account.reader, self._links, KEPT, store.name),
            feeds=Feeds(self.account.catalogue),
            runs=Runs(self.account.runs, store.name),
            inbound=self.inbound,
            site="https://api.example",
        )

    @cached_property
    def shopify(self) -> httpx.Client:
        """Shopify as the simulator has it, with the store of these tests."""
        app = create_app([Shop(STORE, start=NOW)], now=lambda: NOW)
        return httpx.Client(transport=InProcess(app), base_url=f"https://{STORE}")

    @property
    def inbound(self) -> InboundSecrets:
        """The secrets with which Netcore calls."""
        return InboundSecrets(self.account.stores, self.vault, STORE, lambda: NOW)

    @cached_property
    def _links(self) -> Any:
        """S3 as the wiring builds it where URLs are signed."""
        return boto3.client("s3", region_name=REGION, config=LINKS)

    def _admin(self, store: Store) -> gateway.Gateway:
        http = wire.connect(None, self.shopify._transport)
        return gateway.Gateway(http, store.name, self.admin_token)

    def _later(self, store: str, *ended: str) -> None:
        """Send on at once what the job would send on soon."""
        self.resumed.append(ended)
        self.account.resume.waiting_for(store, *ended)

    def _netcore(self, store: Store) -> NetcoreClient:
        key = self.vault.netcore_key(store)
        if key is None:
            raise NetcoreKeyRefused("no Netcore API key is saved")
        http = shared(httpx.MockTransport(self._heard))
        return NetcoreClient(http, hosts(store.settings.netcore.region), key, clock=lambda: 0.0)

    def _heard(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        if isinstance(self.netcore, Exception):
            raise self.netcore
        given: httpx.Response = self.netcore
        return httpx.Response(given.status_code, stream=httpx.ByteStream(given.content))

    def __call__(  # noqa: PLR0913 - one parameter for each part of a request
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        bearer: str | None = None,
        headers: Mapping[str, str] | None = None,
        raw: str | None = None,
    ) -> Said:
        """Call as the merchant of `STORE`, unless `bearer` is another."""
        shown = token(claims()) if bearer is None else bearer
        sent = {"Authorization": f"Bearer {shown}", **(headers or {})}
        text = raw if raw is not None else json.dumps(body) if body is not None else ""
        if text:
            sent.setdefault("Content-Type", "application/json")
        return self.deliver(method, f"/api/v1{path}", sent, text, query)

    def operator(
        self, method: str, path: str, body: Any = None, store: str = STORE, arn: str = OPERATOR
    ) -> Said:
        """Call as an operator whom IAM let through."""
        text = json.dumps(body) if body is not None else ""
        authorizer = {"iam": {"userArn": arn}} if arn else {}
        sent = {"Content-Type": "application/json"}
        return self.deliver(
            method, f"/ops/v1/stores/{store}{path}", sent, text, None, authorizer=authorizer
        )

    def deliver(  # noqa: PLR0913, PLR0917 - one parameter for each part of a request
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        text: str,
        query: Mapping[str, str] | None,
        authorizer: Mapping[str, Any] | None = None,
    ) -> Said:
        """Hand over an event of the HTTP API, payload version 2."""
        http = {"method": method, "path": path, "sourceIp": "192.0.2.1", "protocol": "HTTP/1.1"}
        event = {
            "version": "2.0",
            "routeKey": "ANY /api/v1/{proxy+}",
            "rawPath": path,
            "rawQueryString": str(httpx.QueryParams(dict(query or {}))),
            "headers": {name.lower(): value for name, value in headers.items()},
            "queryStringParameters": dict(query or {}),
            "requestContext": {
                "stage": "$default",
                "http": http,
                **({"authorizer": authorizer} if authorizer else {}),
            },
            "body": text,
            "isBase64Encoded": False,
        }
        answer = self.api(event, Context())
        return Said(answer["statusCode"], answer["headers"], answer["body"])


def fields(said: Said) -> Sequence[str]:
    """Name every field that an answer complains about."""
    told = said.json
    return [told["field"], *(one["field"] for one in told["also"])]
