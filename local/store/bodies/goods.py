"""Bodies of `products/*` and `inventory_levels/update`."""

from local.store.bodies.scalars import Body, local, number
from local.store.resources import Resource
from local.store.world import World

_FULL_VARIANTS = 100
"""Shopify writes out the first hundred variants; all of them are in `variant_gids`."""


def product(world: World, resource: Resource) -> Body:
    """Body of `products/create` and `products/update`."""
    variants = [world.get(gid) for gid in resource["variants"]]
    return {
        "admin_graphql_api_id": resource["id"],
        "body_html": resource["descriptionHtml"],
        "created_at": local(world, resource["createdAt"]),
        "handle": resource["handle"],
        "id": number(resource["id"]),
        "product_type": resource["productType"],
        "published_at": local(world, resource["publishedAt"]),
        "template_suffix": None,
        "title": resource["title"],
        "updated_at": local(world, resource["updatedAt"]),
        "vendor": resource["vendor"],
        "status": resource["status"].lower(),
        "published_scope": "web",
        "tags": ", ".join(resource["tags"]),
        "variants": [_variant(world, resource, each) for each in variants[:_FULL_VARIANTS]],
        "options": [_options(resource, variants)],
        "images": [_image(world, resource)],
        "image": _image(world, resource),
        "media": [],
        "variant_gids": [
            {"admin_graphql_api_id": each["id"], "updated_at": each["updatedAt"]}
            for each in variants
        ],
        "has_variants_that_requires_components": False,
        "category": None,
    }


def inventory_level(world: World, resource: Resource) -> Body:
    """Body of `inventory_levels/update`."""
    available = next(q for q in resource["quantities"] if q["name"] == "available")
    return {
        "inventory_item_id": number(resource["item"]),
        "location_id": number(resource["location"]),
        "available": available["quantity"],
        "updated_at": local(world, resource["updatedAt"]),
        "admin_graphql_api_id": resource["id"],
    }


def _variant(world: World, parent: Resource, resource: Resource) -> Body:
    return {
        "admin_graphql_api_id": resource["id"],
        "barcode": resource["barcode"],
        "compare_at_price": resource["compareAtPrice"],
        "created_at": local(world, resource["createdAt"]),
        "id": number(resource["id"]),
        "inventory_policy": resource["inventoryPolicy"].lower(),
        "position": resource["position"],
        "price": resource["price"],
        "product_id": number(parent["id"]),
        "sku": resource["sku"],
        "taxable": resource["taxable"],
        "title": resource["title"],
        "updated_at": local(world, resource["updatedAt"]),
        "option1": resource["title"],
        "option2": None,
        "option3": None,
        "image_id": None,
        "inventory_item_id": number(resource["inventoryItem"]),
        "inventory_quantity": resource["inventoryQuantity"],
        "old_inventory_quantity": resource["inventoryQuantity"],
    }


def _options(resource: Resource, variants: list[Resource]) -> Body:
    return {
        "name": "Size",
        "id": number(resource["id"]) + 1,
        "product_id": number(resource["id"]),
        "position": 1,
        "values": [each["title"] for each in variants],
    }


def _image(world: World, resource: Resource) -> Body:
    return {
        "id": number(resource["id"]) + 2,
        "product_id": number(resource["id"]),
        "position": 1,
        "created_at": local(world, resource["createdAt"]),
        "updated_at": local(world, resource["createdAt"]),
        "alt": None,
        "width": 800,
        "height": 800,
        "src": resource["featuredMedia"]["preview"]["image"]["url"],
        "variant_ids": [],
        "admin_graphql_api_id": resource["featuredMedia"]["id"],
    }
