"""Where a browser is sent: fixed places, named by nothing but a checked store."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

CALLBACK: Final = "/auth/callback"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The app's and Shopify's own; `admin_url` stands in for every store on a local run."""

    client_id: str
    app_url: str
    admin_url: str | None = None

    def authorize(self, store: str, state: str) -> str:
        """Where the merchant grants access; the scopes are those of `shopify.app.toml`."""
        asked = {
            "client_id": self.client_id,
            "redirect_uri": self.app_url.rstrip("/") + CALLBACK,
            "state": state,
        }
        return self._of(store, "/admin/oauth/authorize", asked)

    def landing(self, store: str) -> str:
        """Where an install ends: the app's page within the store's admin."""
        return self._of(store, f"/admin/apps/{self.client_id}", {})

    def _of(self, store: str, path: str, query: dict[str, str]) -> str:
        base = f"https://{store}"
        if self.admin_url:
            base, query = self.admin_url.rstrip("/"), {**query, "shop": store}
        return f"{base}{path}?{urlencode(query)}" if query else f"{base}{path}"
