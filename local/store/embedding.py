"""The store's admin around the app's page, and stand-ins for the scripts that Shopify serves."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from local.store.oauth.signing import id_token, signed_query
from local.store.served import ServedStore

CDN: Final = Path(__file__).parent / "cdn"

ADMIN: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{store} · simulated admin</title>
<style>body {{ margin: 0; display: grid; grid-template-rows: auto 1fr; height: 100vh }}
header {{ background: #1a1a1a; color: #fff; padding: 10px 16px; font: 14px system-ui, sans-serif }}
iframe {{ border: 0; width: 100%; height: 100% }}</style>
<header>{store} · simulated admin</header>
{content}
</html>
"""

EDITOR: Final = """<main><h1>Theme editor: App embeds</h1>{embeds}<button>Save</button>
<script>
  const save = ({{ value: block, checked: on }}) =>
    fetch("/_app?shop={shop}", {{
      method: "POST", body: JSON.stringify({{ do: "embed", block, on }}),
    }});
  document.querySelector("button").onclick = async () => {{
    for (const each of document.querySelectorAll("input")) await save(each);
    document.querySelector("h1").textContent = "Theme editor: saved";
  }};
</script></main>"""
EMBED: Final = '<p><label><input type="checkbox" value="{block}" checked> {block}</label></p>'


class Admin:
    """The admin of all stores; a request names the store with `?shop=`."""

    def __init__(self, stores: Mapping[str, ServedStore], app_url: str) -> None:
        self._stores = stores
        self._app_url = app_url

    async def app(self, request: Request) -> Response:
        """`GET /admin/apps/<client id>/<path>`: the app's page, opened as Shopify opens it."""
        store = self._store(request)
        secret, now = store.terms.secret, store.now()
        token = id_token(store.domain, secret, now, client_id=store.terms.client_id)
        query = signed_query(store.domain, secret, now, embedded="1", id_token=token)
        more = "".join(f"&{k}={v}" for k, v in request.query_params.items() if k != "shop")
        address = f"{self._app_url}/{request.path_params.get('path', '')}?{query}{more}"
        frame = f'<iframe title="Shopbridge" src="{escape(address)}"></iframe>'
        return _page(store, frame if self._app_url else "<h1>Apps</h1>")

    async def theme_editor(self, request: Request) -> Response:
        """`GET /admin/themes/current/editor`: where a merchant switches app embeds on."""
        store, asked = self._store(request), request.query_params.get("activateAppId", "")
        shown = [EMBED.format(block=escape(each)) for each in sorted({asked, *store.embeds} - {""})]
        content = EDITOR.format(embeds="".join(shown), shop=escape(store.domain))
        return _page(store, content)

    def _store(self, request: Request) -> ServedStore:
        return self._stores.get(request.query_params.get("shop", "")) or next(
            iter(self._stores.values())
        )


async def script(request: Request) -> Response:
    """`GET /cdn/<name>`: a stand-in for App Bridge or Polaris."""
    file = CDN / request.path_params["name"]
    return FileResponse(file, media_type="text/javascript", headers={"Cache-Control": "no-store"})


def embedding_routes(stores: Mapping[str, ServedStore], app_url: str) -> list[Route]:
    """List what a merchant's browser asks Shopify for around our page."""
    admin = Admin(stores, app_url)
    return [
        Route("/admin/apps/{client_id}", admin.app),
        Route("/admin/apps/{client_id}/{path}", admin.app),
        Route("/admin/themes/current/editor", admin.theme_editor),
        Route("/cdn/{name}", script),
    ]


def _page(store: ServedStore, content: str) -> Response:
    return HTMLResponse(ADMIN.format(store=store.domain, content=content))
