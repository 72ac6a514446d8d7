"""settings API: shows and changes what a store sends, for its merchant and for operators."""

from functools import cache

from shopbridge.entry.api.gate import Api
from shopbridge.entry.api.wiring import ApiWiring
from shopbridge.environment import Environment


@cache
def office() -> ApiWiring:
    """Wire the API, once per warm function."""
    return ApiWiring(Environment())


handler = Api(office)
