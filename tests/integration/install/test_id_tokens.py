"""The embedded page's id token is believed only as Shopify makes it, for us, now."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from shopbridge.install.exchange import exchange
from tests.integration.install.merchant import SECRET, Merchant
from tests.integration.pipeline.cloud import Cloud

NOW = int(datetime.now(UTC).timestamp())


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"secret": "shpss_guess_0123456789abcdef01234567"}, id="another secret"),
        pytest.param({"aud": "another-app"}, id="another app"),
        pytest.param({"aud": None}, id="no app"),
        pytest.param({"exp": NOW - 3600}, id="expired"),
        pytest.param({"exp": None}, id="without end"),
        pytest.param({"nbf": NOW + 3600}, id="not yet"),
        pytest.param({"iat": None}, id="without beginning"),
        pytest.param({"dest": "https://evil.com"}, id="another host"),
        pytest.param({"dest": "http://leaf.myshopify.com"}, id="not https"),
        pytest.param({"dest": "https://other.myshopify.com"}, id="issuer of another store"),
        pytest.param({"iss": "https://other.myshopify.com/admin"}, id="another issuer"),
        pytest.param({"iss": None}, id="no issuer"),
    ],
)
def test_odd_id_token_installs_nothing(cloud: Cloud, claims: Mapping[str, Any]) -> None:
    """401 and App Bridge's hint to fetch a new one; Shopify is not asked, nothing is stored."""
    merchant = Merchant.today(cloud)

    answer = merchant.open_page(**claims)

    assert answer["statusCode"] == 401
    assert answer["headers"]["X-Shopify-Retry-Invalid-Session-Request"] == "1"
    assert merchant.called == []
    assert merchant.repository().get() is None


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer ", "Bearer x.y.z", "Basic eDp5", "Bearer " + "x" * 10_000],
)
def test_no_id_token_installs_nothing(cloud: Cloud, authorization: str) -> None:
    """Whatever stands there, it is 401."""
    merchant = Merchant.today(cloud)

    answer = merchant.page(exchange, "", authorization=authorization)

    assert (answer["statusCode"], merchant.called) == (401, [])


def test_unsigned_id_token_is_none(cloud: Cloud) -> None:
    """The algorithm is pinned: `none` is not one."""
    merchant = Merchant.today(cloud)
    claims = {"dest": f"https://{merchant.name}", "aud": "shopbridge-local", "exp": NOW + 60}
    token = jwt.encode(claims, "", algorithm="none")

    answer = merchant.page(exchange, "", authorization=f"Bearer {token}")

    assert (answer["statusCode"], merchant.called) == (401, [])


@pytest.mark.parametrize("secrets", [("new_0123456789abcdef0123456789abcdef", SECRET), (SECRET,)])
def test_id_token_counts_under_every_secret_in_use(cloud: Cloud, secrets: tuple[str, ...]) -> None:
    """While the client secret is rotated Shopify may sign with the older one."""
    merchant = Merchant.today(cloud)
    merchant.secrets = secrets

    assert merchant.open_page()["statusCode"] == 204
