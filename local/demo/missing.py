"""Drops webhooks at the source, so that reconciliation has something to find."""

import httpx

from local.run import Run


def lose_a_customer(running: Run, http: httpx.Client) -> str:
    """Let somebody register without a word to the app; return the customer's id."""
    url, shop = f"{running.store_url}/_world", {"shop": running.shop}
    told = http.post(url, params=shop, json={"event": "register"}).raise_for_status().json()
    gid: str = told["deliveries"][0]["resource"]
    return gid.rpartition("/")[2]
