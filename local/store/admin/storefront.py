"""What an app tells the storefront: its web pixel's settings, and its own metafields."""

import json
from collections.abc import Iterator
from typing import Any

from local.store.admin.answers import Json, refused, user_error
from local.store.admin.call import Args, Call
from local.store.resources import Resource

FIELDS = frozenset({"endpoint", "key", "events"})
"""Settings of the pixel extension; `extensions/website-pixel/shopify.extension.toml`."""


def find_pixel(call: Call, args: Args) -> Resource:
    """
    Resolve `webPixel`: the app's own.

    Raises:
        GraphQLError: the app has none in this store.
    """
    found = _pixel(call)
    if found is None:
        raise refused("No web pixel was found for this app.", "RESOURCE_NOT_FOUND")
    return found


def create_pixel(call: Call, args: Args) -> Json:
    """Resolve `webPixelCreate`; an app has one pixel in a store."""
    if _pixel(call) is not None:
        return _refused("Web pixel is taken.", "TAKEN")
    settings = _settings(args["webPixel"])
    if settings is None:
        return _refused("Settings do not match the definition.", "INVALID_SETTINGS")
    made = call.world.add("WebPixel", settings=settings)
    return {"webPixel": made, "userErrors": []}


def update_pixel(call: Call, args: Args) -> Json:
    """Resolve `webPixelUpdate`."""
    found = _pixel(call)
    if found is None or found["id"] != args["id"]:
        return _refused("Web pixel was not found.", "NOT_FOUND")
    settings = _settings(args["webPixel"])
    if settings is None:
        return _refused("Settings do not match the definition.", "INVALID_SETTINGS")
    call.world.change(found, settings=settings)
    return {"webPixel": found, "userErrors": []}


def set_metafields(call: Call, args: Args) -> Json:
    """Resolve `metafieldsSet` for the app's own metafields; others are not modelled."""
    (installation,) = call.world.all("AppInstallation")
    for number, given in enumerate(args["metafields"]):
        if given["ownerId"] != installation["id"]:
            error = user_error("Owner does not exist.", "metafields", str(number), code="INVALID")
            return {"metafields": None, "userErrors": [error]}
    return {"metafields": list(_written(call, args["metafields"])), "userErrors": []}


def _written(call: Call, metafields: list[Json]) -> Iterator[Resource]:
    for given in metafields:
        place = {name: given[name] for name in ("ownerId", "namespace", "key")}
        fields = {"value": given["value"], "type": given["type"]}
        for each in call.world.all("Metafield"):
            if {name: each[f"_{name}"] for name in place} == place:
                call.world.change(each, **fields)
                yield each
                break
        else:
            hidden: dict[str, Any] = {f"_{name}": value for name, value in place.items()}
            yield call.world.add(
                "Metafield", namespace=place["namespace"], key=place["key"], **fields, **hidden
            )


def _pixel(call: Call) -> Resource | None:
    return next(call.world.all("WebPixel"), None)


def _settings(given: Json) -> Json | None:
    """Read settings; each is a text that is not empty, or Shopify refuses them all."""
    told = given["settings"]
    try:
        settings = json.loads(told) if isinstance(told, str) else told
    except ValueError:
        return None
    if not isinstance(settings, dict) or settings.keys() != FIELDS:
        return None
    return settings if all(isinstance(v, str) and v for v in settings.values()) else None


def _refused(message: str, code: str) -> Json:
    return {"webPixel": None, "userErrors": [user_error(message, "webPixel", code=code)]}
