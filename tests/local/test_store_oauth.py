"""The simulated Shopify gives tokens out, and takes them back, as the real one does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.oauth.pairs import Regime
from local.store.oauth.signing import CLIENT_ID
from local.store.served import Terms
from local.store.webhooks import CLIENT_SECRET
from shopbridge.install.query import verified
from shopbridge.shopify.secrets import ClientSecrets

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
ONE = {"query": "{ shop { name } }"}
CALLBACK = "https://app.example.com/auth/callback"


class Shopify:
    """The simulator in this process, and the time."""

    def __init__(self, regime: Regime = "until_used") -> None:
        self.at = START
        app = create_app([Shop(terms=Terms(regime=regime))], now=lambda: self.at)
        self.http = httpx.Client(
            transport=InProcess(app), base_url="https://vapid-store.myshopify.com"
        )

    def code(self) -> str:
        """Let the merchant grant access."""
        answer = self.http.get(
            "/admin/oauth/authorize",
            params={"client_id": CLIENT_ID, "redirect_uri": CALLBACK, "state": "s-1"},
        )
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["code"]

    def token(self, **asked: Any) -> httpx.Response:
        """Ask for tokens."""
        return self.http.post("/admin/oauth/access_token", json={**APP, **asked})

    def pair(self) -> Mapping[str, Any]:
        """Install the app."""
        pair: Mapping[str, Any] = self.token(code=self.code(), expiring=1).json()
        return pair

    def refresh(self, refresh_token: str) -> httpx.Response:
        """Trade a refresh token."""
        return self.token(grant_type="refresh_token", refresh_token=refresh_token)

    def status(self, token: str) -> int:
        """Ask the Admin API something under `token`."""
        headers = {"X-Shopify-Access-Token": token}
        path = "/admin/api/2026-10/graphql.json"
        return self.http.post(path, json=ONE, headers=headers).status_code


@pytest.fixture
def shopify() -> Shopify:
    """A store whose merchant has not installed the app."""
    return Shopify()


def test_grant_screen_sends_back_a_signed_query(shopify: Shopify) -> None:
    """Code, state, store and host, as the app checks them."""
    answer = shopify.http.get(
        "/admin/oauth/authorize",
        params={"client_id": CLIENT_ID, "redirect_uri": CALLBACK, "state": "s-1"},
    )

    location = urlsplit(answer.headers["Location"])
    query = verified(location.query, ClientSecrets(lambda: [CLIENT_SECRET], lambda: 0.0), START)
    assert (answer.status_code, location.netloc) == (302, "app.example.com")
    assert (query.store, query.values["state"]) == ("vapid-store.myshopify.com", "s-1")


@pytest.mark.parametrize("asked", [{"client_id": "another"}, {"redirect_uri": "https://evil.com/"}])
def test_grant_screen_refuses_strangers(shopify: Shopify, asked: dict[str, str]) -> None:
    """Another app, and a place that is not the app's."""
    params = {"client_id": CLIENT_ID, "redirect_uri": CALLBACK, **asked}

    assert shopify.http.get("/admin/oauth/authorize", params=params).status_code == 400


def test_code_is_good_for_one_pair(shopify: Shopify) -> None:
    """Tokens that end; the second time there are none."""
    code = shopify.code()

    first, second = shopify.token(code=code), shopify.token(code=code)

    pair = first.json()
    assert (pair["expires_in"], pair["refresh_token_expires_in"]) == (3600, 7776000)
    assert "read_orders" in pair["scope"].split(",")
    assert (second.status_code, second.json()) == (400, {"error": "invalid_request"})


def test_form_is_taken_like_json(shopify: Shopify) -> None:
    """Shopify reads both."""
    answer = shopify.http.post("/admin/oauth/access_token", data={**APP, "code": shopify.code()})

    assert answer.json()["access_token"].startswith("shpat_")


def test_wrong_client_secret_gets_nothing(shopify: Shopify) -> None:
    """Whatever else is right."""
    answer = shopify.token(code=shopify.code(), client_secret="guess")

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})


def test_access_token_ends_after_an_hour(shopify: Shopify) -> None:
    """Then the Admin API knows it no more."""
    token = shopify.pair()["access_token"]
    before = shopify.status(token)
    shopify.at += timedelta(minutes=61)

    assert (before, shopify.status(token)) == (200, 401)


def test_refresh_token_is_used_once(shopify: Shopify) -> None:
    """It brings a pair; once that is in use, the old one is dead."""
    old = shopify.pair()["refresh_token"]
    new = shopify.refresh(old).json()
    shopify.status(new["access_token"])

    again = shopify.refresh(old)

    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})
    assert shopify.refresh(new["refresh_token"]).status_code == 200


@pytest.mark.parametrize(("regime", "hours"), [("until_used", 24.0), ("one_hour", 0.9)])
def test_same_refresh_has_the_same_answer(regime: Regime, hours: float) -> None:
    """For an hour in the older regime, until the new pair is used in the newer."""
    shopify = Shopify(regime)
    old = shopify.pair()["refresh_token"]
    first = shopify.refresh(old).json()
    shopify.at += timedelta(hours=hours)

    assert shopify.refresh(old).json() == first


@pytest.mark.parametrize(("regime", "days"), [("until_used", 31), ("one_hour", 1)])
def test_old_refresh_token_dies_in_the_end(regime: Regime, days: int) -> None:
    """Though nobody used the new pair."""
    shopify = Shopify(regime)
    old = shopify.pair()["refresh_token"]
    shopify.refresh(old)
    shopify.at += timedelta(days=days)

    assert shopify.refresh(old).json() == {"error": "invalid_grant"}


def test_new_grant_ends_older_refresh_tokens(shopify: Shopify) -> None:
    """One refreshable token per store; access tokens live out their hour."""
    old = shopify.pair()
    shopify.pair()

    assert shopify.refresh(old["refresh_token"]).json() == {"error": "invalid_grant"}
    assert shopify.status(old["access_token"]) == 200


def test_removing_the_app_ends_everything(shopify: Shopify) -> None:
    """Tokens are dead at once, and the webhook is signed."""
    pair = shopify.pair()

    (made,) = shopify.http.post("/_app", json={"do": "uninstall"}).json()["deliveries"]

    assert made["topic"] == "app/uninstalled"
    assert shopify.status(pair["access_token"]) == 401
    assert shopify.refresh(pair["refresh_token"]).json() == {"error": "invalid_grant"}


def test_grants_are_counted(shopify: Shopify) -> None:
    """So that a test can say how often Shopify was asked."""
    shopify.refresh(shopify.pair()["refresh_token"])

    kinds = [each["kind"] for each in shopify.http.get("/_grants").json()["grants"]]

    assert kinds == ["code", "refresh_token"]


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ({"do": "oauth_error"}, (400, {"error": "invalid_grant"})),
        ({"do": "oauth_error", "error": "invalid_client"}, (400, {"error": "invalid_client"})),
        ({"do": "status", "status": 503}, (503, {"errors": "Planned fault"})),
    ],
)
def test_grants_fail_as_planned(
    shopify: Shopify, fault: dict[str, Any], answer: tuple[int, dict[str, str]]
) -> None:
    """Faults name the path and the grant type."""
    refresh = shopify.pair()["refresh_token"]
    match = {"path": "/admin/oauth/*", "operation": "refresh"}
    shopify.http.post("/_faults", json={**fault, "match": match})

    told = shopify.refresh(refresh)

    assert (told.status_code, told.json()) == answer
    assert shopify.refresh(refresh).status_code == 200


def test_odd_wish_is_refused(shopify: Shopify) -> None:
    """The merchant can do three things."""
    assert shopify.http.post("/_app", json={"do": "dance"}).status_code == 400
