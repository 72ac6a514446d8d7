"""Which paths the app's installs and tokens have."""

from starlette.routing import Route

from local.store.oauth.controls import AppControls
from local.store.oauth.route import OAuthRoute


def oauth_routes(oauth: OAuthRoute) -> list[Route]:
    """List Shopify's own, then those of the merchant's hand."""
    merchant = AppControls(oauth)
    return [
        Route("/admin/oauth/authorize", oauth.authorize),
        Route("/admin/oauth/access_token", oauth.access_token, methods=["POST"]),
        Route("/_install", merchant.link),
        Route("/_id_token", merchant.id_token),
        Route("/_grants", merchant.grants),
        Route("/_app", merchant.act, methods=["POST"]),
    ]
