"""The storefront as an ASGI application."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.storefront import theme
from local.storefront.build import PIXEL
from local.storefront.carts import Carts
from local.storefront.checkout import checkout_started, init
from local.storefront.goods import BY_HANDLE, GOODS
from local.storefront.site import STORE, Site
from local.storefront.snippet import snippet

SCRIPTS: Final = Path(__file__).parent / "scripts"

WITHOUT_PHONE: Final = 9000
"""From this number on, customers have none."""


class Storefront:
    """Pages of a theme and the parts of Shopify that they use."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._carts = Carts()

    async def home(self, request: Request) -> Response:
        """`GET /`: a page like any other."""
        links = "".join(f'<p><a href="{each.url}">{each.title}</a></p>' for each in GOODS)
        return self._page(request, "Home", links)

    async def product(self, request: Request) -> Response:
        """`GET /products/<handle>`: with an Ajax button, and a form for browsers without it."""
        product = BY_HANDLE[request.path_params["handle"]]
        form = (
            f'<button id="add" onclick="cart.add({product.variant_id})">Add to cart</button>'
            f'<form action="/cart/add" method="post"><input type="hidden" name="id"'
            f' value="{product.variant_id}"><button id="form-add">Add by form</button></form>'
        )
        return self._page(request, product.title, form, "product", product=product.drop())

    async def search(self, request: Request) -> Response:
        """`GET /search?q=`: products whose title holds the word, and a page that does."""
        word = request.query_params.get("q", "")
        found = [each.drop() for each in GOODS if word.lower() in each.title.lower()]
        results = [*found, {"id": 1, "object_type": "page", "title": "About"}]
        search = {"performed": bool(word), "terms": word, "results": results}
        return self._page(request, "Search", "", "search", search=search)

    async def cart(self, request: Request) -> Response:
        """`GET /cart`: the way to the checkout."""
        return self._page(
            request, "Cart", '<a id="checkout" href="/checkout">Check out</a>', "cart"
        )

    async def cart_js(self, request: Request) -> Response:
        """`GET /cart.js`."""
        return self._cart_answer(self._token(request))

    async def cart_add(self, request: Request) -> Response:
        """`POST /cart/add`, by form, and `/cart/add.js`."""
        token, ajax = self._token(request), request.url.path.endswith(".js")
        given: Any = (
            await request.json() if ajax else dict(parse_qsl((await request.body()).decode()))
        )
        self._carts.add(token, int(given["id"]), int(given.get("quantity", 1)))
        return self._cart_answer(token) if ajax else _keeping(RedirectResponse("/cart", 303), token)

    async def cart_change(self, request: Request) -> Response:
        """`POST /cart/change.js`."""
        token, given = self._token(request), await request.json()
        self._carts.change(token, int(given["id"]), int(given["quantity"]))
        return self._cart_answer(token)

    async def checkout(self, request: Request) -> Response:
        """`GET /checkout`: themes and their embeds are not here, pixels are."""
        token = self._token(request)
        event = checkout_started(self._carts.json(token), f"checkout-of-{token}")
        content = '<a id="pay" href="/thanks">Pay</a>'
        return HTMLResponse(
            theme.page("Checkout", content, "", scripts=self._pixels(request, [event]))
        )

    async def thanks(self, request: Request) -> Response:
        """`GET /thanks`: the order is placed, and its cart is gone."""
        self._carts.complete(self._token(request))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie("cart")
        return answer

    async def log_in(self, request: Request) -> Response:
        """`GET /account/login?id=`; customers from 9000 on have no phone."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie("customer", request.query_params.get("id", "7001"))
        return answer

    async def log_out(self, request: Request) -> Response:
        """`GET /account/logout`."""
        answer = RedirectResponse("/", 303)
        answer.delete_cookie("customer")
        return answer

    async def sdk(self, request: Request) -> Response:
        """`GET /_sdk.js`: Netcore's script, late if the test says so."""
        await asyncio.sleep(self._site.sdk_seconds)
        return _script("sdk.js")

    async def sdk_called(self, request: Request) -> Response:
        """`POST /_sdk`: how the SDK was called."""
        told = json.loads(await request.body())
        self._site.heard(told["page"], told["calls"])
        return Response(status_code=204)

    async def collect(self, request: Request) -> Response:
        """`POST /collect`, judged by its own code."""
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "content-type",
        }
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
        origin = request.headers.get("origin", "")
        status = self._site.take(await request.body(), origin, datetime.now(UTC))
        return Response(status_code=status, headers=headers)

    async def headless(self, request: Request) -> Response:
        """`GET /headless`: a storefront of one's own, with the snippet of the document."""
        ours = snippet(STORE, f"{request.base_url}collect")
        return HTMLResponse(
            f'<!doctype html><title>Headless</title><script src="/_shopify.js"></script>{ours}'
            "<script>Shopify.loadFeatures("
            "[{ name: 'consent-tracking-api', version: '0.1' }], () => {})</script>"
        )

    def _page(
        self, request: Request, title: str, content: str, kind: str = "index", **more: Any
    ) -> Response:
        token = self._token(request)
        cart = self._carts.json(token)
        customer = request.cookies.get("customer")
        embed = theme.rendered(
            {
                "app": {"metafields": {"shopbridge": {"tracking": {"value": self._site.tracking}}}},
                "customer": _customer(customer) if customer else None,
                "cart": {**cart, "currency": {"iso_code": "INR"}},
                "routes": {"root_url": "/"},
                "request": {"page_type": kind},
                **more,
            },
            self._site.block,
        )
        without = request.query_params.getlist("without")
        viewed = {"name": "page_viewed", "data": {}}
        pixels = "" if "pixels" in without else self._pixels(request, [viewed])
        page = theme.page(title, content, "" if "embed" in without else embed, scripts=pixels)
        return _keeping(HTMLResponse(page), token)

    def _pixels(self, request: Request, events: list[dict[str, Any]]) -> str:
        told = {
            "code": PIXEL.read_text("utf-8"),
            "settings": self._site.pixel(f"{request.base_url}collect"),
            "init": init(self._site.store.name),
            "events": events,
        }
        text = json.dumps(told).replace("<", "\\u003c")
        return (
            f'<script type="application/json" id="pixels">{text}</script>'
            '<script src="/_pixels.js" defer></script>'
        )

    def _token(self, request: Request) -> str:
        return self._carts.token(request.cookies.get("cart"))

    def _cart_answer(self, token: str) -> Response:
        return _keeping(JSONResponse(self._carts.json(token)), token)


def create_storefront(site: Site) -> Starlette:
    """Build the storefront of `site`."""
    shop = Storefront(site)
    scripts = {name: _served(f"{name}.js") for name in ("shopify", "theme", "pixels")}
    return Starlette(
        routes=[
            Route("/", shop.home),
            Route("/pages/{page}", shop.home),
            Route("/products/{handle}", shop.product),
            Route("/search", shop.search),
            Route("/cart", shop.cart),
            Route("/cart.js", shop.cart_js),
            Route("/cart/add", shop.cart_add, methods=["POST"]),
            Route("/cart/add.js", shop.cart_add, methods=["POST"]),
            Route("/cart/change.js", shop.cart_change, methods=["POST"]),
            Route("/checkout", shop.checkout),
            Route("/thanks", shop.thanks),
            Route("/account/login", shop.log_in),
            Route("/account/logout", shop.log_out),
            Route("/headless", shop.headless),
            Route("/assets/{name}", _asset),
            Route("/_sdk.js", shop.sdk),
            Route("/_sdk", shop.sdk_called, methods=["POST"]),
            Route("/collect", shop.collect, methods=["POST", "OPTIONS"]),
            *(Route(f"/_{name}.js", serve) for name, serve in scripts.items()),
        ]
    )


def _customer(number: str) -> dict[str, Any]:
    phone = "+91 98765 43210" if int(number) < WITHOUT_PHONE else None
    return {"id": int(number), "email": f"c{number}@example.com", "phone": phone}


async def _asset(request: Request) -> Response:
    return FileResponse(theme.asset(request.path_params["name"]), media_type="text/javascript")


def _served(name: str) -> Any:
    async def serve(request: Request) -> Response:
        return _script(name)

    return serve


def _script(name: str) -> Response:
    return FileResponse(SCRIPTS / name, media_type="text/javascript")


def _keeping(answer: Response, token: str) -> Response:
    answer.set_cookie("cart", token)
    return answer
