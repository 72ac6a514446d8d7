"""Body of `shop/update`."""

from local.store.bodies.scalars import Body, local, minutes, number
from local.store.resources import Resource
from local.store.world import World


def shop(world: World, resource: Resource) -> Body:
    """The store itself; its owner's name and address are personal data too."""
    name, zone = resource["name"], resource["ianaTimezone"]
    money = f"{{{{amount}}}} {world.currency}"
    return {
        "id": number(resource["id"]),
        "name": name,
        "email": resource["email"],
        "domain": resource["primaryDomain"]["host"],
        "province": "Maharashtra",
        "country": "IN",
        "address1": None,
        "zip": "400001",
        "city": "Mumbai",
        "source": None,
        "phone": None,
        "latitude": None,
        "longitude": None,
        "primary_locale": "en",
        "address2": None,
        "created_at": local(world, resource["createdAt"]),
        "updated_at": local(world, resource["updatedAt"]),
        "country_code": "IN",
        "country_name": "India",
        "currency": resource["currencyCode"],
        "customer_email": resource["contactEmail"],
        "timezone": f"(GMT{minutes(world.utc_offset)}) {zone}",
        "iana_timezone": zone,
        "shop_owner": resource["shopOwnerName"],
        "money_format": money,
        "money_with_currency_format": money,
        "weight_unit": "kg",
        "province_code": "MH",
        "taxes_included": False,
        "auto_configure_tax_inclusivity": None,
        "tax_shipping": None,
        "county_taxes": True,
        "plan_display_name": resource["plan"]["publicDisplayName"],
        "plan_name": "professional",
        "has_discounts": True,
        "has_gift_cards": False,
        "myshopify_domain": resource["myshopifyDomain"],
        "google_apps_domain": None,
        "google_apps_login_enabled": None,
        "money_in_emails_format": money,
        "money_with_currency_in_emails_format": money,
        "eligible_for_payments": True,
        "requires_extra_payments_agreement": False,
        "password_enabled": False,
        "has_storefront": True,
        "finances": True,
        "primary_location_id": number(next(world.all("Location"))["id"]),
        "checkout_api_supported": True,
        "multi_location_enabled": True,
        "setup_required": False,
        "pre_launch_enabled": False,
        "enabled_presentment_currencies": resource["enabledPresentmentCurrencies"],
        "marketing_sms_consent_enabled_at_checkout": False,
        "transactional_sms_disabled": False,
    }
