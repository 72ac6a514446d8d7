"""A merchant installs the app by Shopify's link, by the embedded page, and again."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from shopbridge.stores.settings import Settings
from tests.integration.install.merchant import APP_URL, ONE, Merchant
from tests.integration.pipeline.cloud import Cloud


def test_link_leads_to_shopifys_grant_screen(merchant: Merchant) -> None:
    """The browser goes to the store itself, with our address, and keeps a cookie."""
    answer = merchant.go(merchant.link())

    location, (cookie,) = answer["headers"]["Location"], answer["cookies"]
    assert answer["statusCode"] == 302
    assert location.startswith(
        f"https://{merchant.name}/admin/oauth/authorize?client_id=shopbridge-local"
        "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fauth%2Fcallback&state="
    )
    assert cookie.startswith("__Host-shopbridge-install=")
    assert cookie.endswith("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax")
    assert APP_URL not in cookie


def test_merchant_who_grants_access_has_installed(merchant: Merchant) -> None:
    """Tokens and scopes are in the row, and the browser is at the app's page in the admin."""
    answer = merchant.install()

    store = merchant.store()
    assert answer["statusCode"] == 302
    assert answer["headers"]["Location"] == (f"https://{merchant.name}/admin/apps/shopbridge-local")
    assert (store.epoch, store.status) == (1, "installed")
    assert store.installed_at == merchant.clock.now()
    assert store.token_expires_at == merchant.clock.now() + timedelta(hours=1)
    assert store.refresh_expires_at == merchant.clock.now() + timedelta(days=90)
    assert store.scopes is not None
    assert {"read_orders", "read_locations"} <= store.scopes
    assert merchant.token().startswith("shpat_cnry_")
    assert merchant.resumed == [merchant.name]
    assert merchant.called == ["code"]


def test_tokens_are_sealed(merchant: Merchant) -> None:
    """Nothing that opens the store lies in the table in the clear."""
    merchant.install()

    assert "cnry" not in repr(merchant.rows())


def test_state_is_gone_after_its_use(merchant: Merchant) -> None:
    """Only the store's own row stays."""
    merchant.install()

    assert [row["store"] for row in merchant.rows()] == [merchant.name]


def test_authorising_again_keeps_the_install(merchant: Merchant) -> None:
    """Epoch, status and settings stay; tokens are new, and what waited for them goes on."""
    merchant.install()
    store = merchant.repository().save(merchant.store(), Settings(), merchant.clock.now())
    before = merchant.repository().set_status(store, "enabled")
    merchant.clock.sleep(60)

    merchant.install()

    after = merchant.store()
    assert (after.epoch, after.status, after.installed_at) == (1, "enabled", before.installed_at)
    assert after.authorised_at == before.installed_at + timedelta(seconds=60)
    assert after.sealed_access_token != before.sealed_access_token
    assert after.version == before.version
    assert merchant.resumed == [merchant.name, merchant.name]


def test_installing_again_begins_anew(merchant: Merchant) -> None:
    """A new epoch, so what was sealed for the old one opens no more; settings stay."""
    merchant.install()
    settings = Settings(country="IN")
    store = merchant.repository().save(merchant.store(), settings, merchant.clock.now())
    merchant.repository().uninstall(store, merchant.clock.now())
    merchant.clock.sleep(60)

    merchant.install()

    after = merchant.store()
    assert (after.epoch, after.status, after.settings.country) == (2, "installed", "IN")
    assert after.installed_at == merchant.clock.now()
    assert merchant.token().startswith("shpat_cnry_")


def test_settings_saved_during_a_refresh_do_not_undo_it(merchant: Merchant) -> None:
    """Whoever read the row before a refresh and saves after it keeps the new pair."""
    merchant.install()
    before = merchant.store()
    merchant.clock.sleep(3600)
    fresh = merchant.tokens().current(before)

    merchant.repository().save(before, Settings(country="IN"), merchant.clock.now())

    assert merchant.token() == fresh
    assert merchant.tokens().current(merchant.store()) == fresh


def test_embedded_page_installs_by_its_id_token(cloud: Cloud) -> None:
    """No redirect: the id token becomes the store's tokens."""
    merchant = Merchant.today(cloud)
    answer = merchant.open_page()

    store = merchant.store()
    assert (answer["statusCode"], answer["body"]) == (204, "")
    assert (store.epoch, store.status) == (1, "installed")
    assert store.installed_at == merchant.clock.now() - timedelta(minutes=10)
    assert merchant.called == ["token-exchange"]
    assert merchant.resumed == [merchant.name]


def test_embedded_page_asks_shopify_once(cloud: Cloud) -> None:
    """Opening the page again costs no grant, which would end the tokens in use."""
    merchant = Merchant.today(cloud)
    merchant.open_page()

    merchant.open_page()

    assert merchant.called == ["token-exchange"]


def test_embedded_page_mends_a_store_that_must_authorise(cloud: Cloud) -> None:
    """The merchant opens the app, and that is all there is to do."""
    merchant = Merchant.today(cloud)
    merchant.install()
    from_row = merchant.store()
    merchant.cloud.table("stores").update_item(
        Key={"store": merchant.name},
        UpdateExpression="SET reauthorise_since = :at",
        ExpressionAttributeValues={":at": "2026-11-23T12:00:00.000000Z"},
    )

    merchant.open_page()

    after = merchant.store()
    assert (after.epoch, after.reauthorise_since) == (1, None)
    assert after.sealed_refresh_token != from_row.sealed_refresh_token
    assert merchant.resumed == [merchant.name, merchant.name]


def test_page_of_a_store_that_left_never_reaches_back_before_it(cloud: Cloud) -> None:
    """What was triggered before the app was removed belongs to the install that ended."""
    merchant = Merchant.today(cloud, ago=timedelta(minutes=2))
    merchant.install()
    merchant.clock.sleep(60)
    merchant.repository().uninstall(merchant.store(), merchant.clock.now())
    left_at = merchant.clock.now()
    merchant.clock.sleep(60)

    merchant.open_page()

    assert (merchant.store().epoch, merchant.store().installed_at) == (2, left_at)


def test_new_scopes_that_are_not_granted_yet_stop_nothing(merchant: Merchant) -> None:
    """An installed store keeps working tokens though a newly needed scope is missing."""
    merchant.install()
    merchant.fault(do="fewer_scopes", fields=["read_products"])

    answer = merchant.install()

    store = merchant.store()
    assert answer["statusCode"] == 403
    assert (store.epoch, store.status) == (1, "installed")
    assert store.scopes is not None
    assert "read_products" not in store.scopes
    assert merchant.gateway(merchant.tokens()).ask(ONE, {}).data


def test_what_is_sealed_for_one_store_opens_for_no_other(merchant: Merchant) -> None:
    """The same KMS key, another store or epoch: nothing opens."""
    merchant.install()
    store = merchant.store()
    sealed = merchant.vault.seal("x", store="another.myshopify.com", epoch=store.epoch)

    with pytest.raises(ClientError, match="InvalidCiphertext"):
        merchant.vault.open(sealed, store)
