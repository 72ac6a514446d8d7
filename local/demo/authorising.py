"""Installs the app as a merchant does: by Shopify's link, in a browser that keeps a cookie."""

from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from local.run import Run

TIMEOUT_SECONDS = 30


class NotInstalled(Exception):
    """A page of ours or the simulator's did not send the browser on."""


def install_by_link(running: Run, shop: str | None = None) -> str:
    """
    Follow the link, grant access, come back; return the address of the app's page.

    Raises:
        NotInstalled: one of the three steps answered something else than a redirect.
    """
    with httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as browser:
        told = browser.get(f"{running.store_url}/_install", params={"shop": shop or running.shop})
        begun = _sent_on(browser.get(f"{running.api_url}/auth/begin?{told.json()['query']}"))
        # By hand: over plain HTTP a jar gives no cookie back that is meant for HTTPS.
        cookie = begun.headers["set-cookie"].partition(";")[0]
        granted = _sent_on(browser.get(begun.headers["location"]))
        # The emulator's own name for the API resolves in browsers only; the query is what counts.
        query = urlsplit(granted.headers["location"]).query
        back = f"{running.api_url}/auth/callback?{query}"
        return _sent_on(browser.get(back, headers={"Cookie": cookie})).headers["location"]


def _sent_on(answer: httpx.Response) -> httpx.Response:
    if answer.status_code != HTTPStatus.FOUND:
        raise NotInstalled(f"{answer.url.path}: {answer.status_code} {answer.text}")
    return answer
