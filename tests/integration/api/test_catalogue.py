"""The product feed as the page and operators see it, and how its address is replaced."""

from shopbridge.stores.settings import Settings
from tests.integration.account import NOW, STORE
from tests.integration.api.calling import Gateway
from tests.integration.catalogue import Press
from tests.unit.catalogue.goods import row

EMPTY: dict[str, object] = {
    "on": False,
    "xml_url": None,
    "json_url": None,
    "built_at": None,
    "variants": 0,
    "left_out": [],
    "locations": [],
}


def switch_on(api: Gateway) -> Press:
    """Switch the store's catalogue on, with one location that does not count."""
    press = Press(api.account)
    press.vault = api.vault
    repository = api.account.repository(STORE)
    store = repository.get()
    assert store
    settings = Settings.model_validate(
        {"product_catalogue": True, "catalogue": {"locations": {"6": False}}}
    )
    repository.save(store, settings, NOW)
    return press


def test_a_store_without_catalogue_has_no_feed(api: Gateway) -> None:
    """Everything is empty, and an address is given to nothing."""
    said, rotated = api("GET", "/catalogue/feed"), api("POST", "/catalogue/feed/rotate")

    assert (said.status, said.json) == (200, EMPTY)
    assert (rotated.status, rotated.json["code"]) == (409, "not_ready")


def test_the_feed_says_where_it_is_and_what_is_in_it(api: Gateway) -> None:
    """Addresses to copy, counts by reason, and which locations count."""
    press = switch_on(api)
    press.put(row(11), row(12, item_group_id="2", price="0"))
    press.look()

    said = api("GET", "/catalogue/feed")

    address = f"https://api.example/catalogue/{press.address()}"
    assert said.json == {
        "on": True,
        "xml_url": f"{address}.xml",
        "json_url": f"{address}.json",
        "built_at": "2026-11-23T08:00:00Z",
        "variants": 1,
        "left_out": [{"reason": "no price", "variants": 1}],
        "locations": [
            {"id": "5", "name": "Shop", "counts": True},
            {"id": "6", "name": "Warehouse", "counts": False},
        ],
    }


def test_a_new_address_is_given_out_once_for_each_request(api: Gateway) -> None:
    """The old one leads nowhere; what names itself with a key is not answered from a copy."""
    press = switch_on(api)
    press.put(row())
    press.look()
    old = press.address()
    key = {"Idempotency-Key": "again"}

    first = api("POST", "/catalogue/feed/rotate", headers=key)
    second = api.operator("POST", "/catalogue/feed/rotate")

    assert first.json["xml_url"] != second.json["xml_url"]
    assert second.json["xml_url"] == f"https://api.example/catalogue/{press.address()}.xml"
    assert press.get(f"{old}.xml").status == 404


def test_an_address_can_be_had_before_the_first_build(api: Gateway) -> None:
    """It is noted, and the next look at all feeds builds what it leads to."""
    press = switch_on(api)

    said = api("POST", "/catalogue/feed/rotate")
    looked = press.look()

    assert said.json["built_at"] is None
    assert looked == {"built": 1}
    assert press.get().status == 200


def test_locations_are_named_by_their_ids(api: Gateway) -> None:
    """Anything else is refused, with the field."""
    settings = api("GET", "/settings")
    wanted = {**settings.json, "catalogue": {"locations": {"Shop": True}}}

    said = api("PUT", "/settings", wanted, headers={"If-Match": settings.etag})

    assert said.status == 400
    assert said.json["field"].startswith("catalogue.locations")
