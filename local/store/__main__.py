"""`python -m local.store`: serves the store simulator on this machine only."""

import argparse
from pathlib import Path

import uvicorn

from local.netcore.connection import BreakableProtocol
from local.schema import SCHEMA
from local.store.admin.bucket import PLANS
from local.store.admin.cost import RULES
from local.store.app import Shop, create_app
from local.store.money import CURRENCIES
from local.store.oauth.pairs import REGIMES
from local.store.oauth.signing import CLIENT_ID
from local.store.served import ACCESS_TOKEN, Terms
from local.store.webhooks import CLIENT_SECRET
from local.store.world import SHOP


def main() -> None:
    """Read the options and serve until stopped."""
    options = _options().parse_args()
    shops = [
        Shop(
            domain=domain,
            terms=Terms(
                _numbered(options.token, i),
                options.client_secret,
                options.plan,
                options.client_id,
                options.regime,
            ),
            seed=options.seed + i,
            currency=options.currency,
            customers=options.customers,
            products=options.products,
        )
        for i, domain in enumerate(options.shop or [SHOP])
    ]
    uvicorn.run(
        create_app(shops, schema=options.schema, rule=options.cost_rule, app_url=options.app_url),
        host="127.0.0.1",
        port=options.port,
        http=BreakableProtocol,
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,  # seconds; a planned delay must not hold up the end
    )


def _numbered(token: str, place: int) -> str:
    return token if place == 0 else f"{token}_{place + 1}"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.store", description=__doc__)
    parser.add_argument("--port", type=int, default=4611)
    parser.add_argument("--schema", type=Path, default=SCHEMA, help="gzipped introspection")
    parser.add_argument("--shop", action="append", help="domain; again for a further store")
    parser.add_argument("--token", default=ACCESS_TOKEN, help="further stores add _2, _3, …")
    parser.add_argument("--client-secret", default=CLIENT_SECRET)
    parser.add_argument("--client-id", default=CLIENT_ID)
    parser.add_argument("--app-url", default="", help="of the app, which the admin frames")
    parser.add_argument("--regime", choices=REGIMES, default="until_used", help="of refreshes")
    parser.add_argument("--plan", choices=PLANS, default="advanced")
    parser.add_argument("--cost-rule", choices=RULES, default="sublinear")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--currency", choices=CURRENCIES, default="USD")
    parser.add_argument("--customers", type=int, default=12, help="that the store begins with")
    parser.add_argument("--products", type=int, default=6, help="that the store begins with")
    return parser


if __name__ == "__main__":
    main()
