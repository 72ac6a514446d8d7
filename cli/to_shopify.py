"""`shopbridge to-shopify`: where Netcore posts to, its secret, and a customer's own link."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from shopbridge.stores.store import Store
from shopbridge.to_shopify.links import maker
from shopbridge.to_shopify.posted import inbound_url

app = typer.Typer(no_args_is_help=True, help="What Netcore calls, and links to unsubscribe.")

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Shopify's id of a customer.")]
Forget = Annotated[
    bool, typer.Option("--forget-older", help="The secret before stops to open at once.")
]


@app.command("show")
@remote()
def show_(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Print where Netcore posts to, and since when which secrets are valid; never a secret."""
    deployment, found = _open(stage, region, store)
    valid = deployment.inbound(found.name).valid()
    told = {
        "store": found.name,
        "url": inbound_url(deployment.parts["api_url"], found.name),
        "secrets": [
            f"of {one.made_at:%Y-%m-%d %H:%M}"
            + (f", until {one.until:%Y-%m-%d}" if one.until else "")
            for one in valid
        ],
    }
    show(told, as_json=as_json)


@app.command("secret")
@remote()
def secret(
    forget_older: Forget = False,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Make a new secret for Netcore's calls and print it, this once, with addresses to paste."""
    deployment, found = _open(stage, region, store)
    made = deployment.inbound(found.name).rotate(forget_older=forget_older)
    url = inbound_url(deployment.parts["api_url"], found.name)
    told = {
        "store": found.name,
        "secret": made,
        "url": url,
        "unsubscribes": f"{url}/{made}?as=unsubscribes",
        "profiles": f"{url}/{made}?as=profiles",
    }
    show(told, as_json=as_json)


@app.command("link")
@remote()
def link(
    customer: Customer,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Print the address under which a customer unsubscribes, as the contact's attribute has it."""
    deployment, found = _open(stage, region, store)
    if not customer.isdecimal():
        raise ended(Ending.USAGE, "CUSTOMER is the number that Shopify gave the customer")
    made = maker(deployment.parts["api_url"], deployment.client_secret, lambda: datetime.now(UTC))
    show({"customer": customer, "url": made(found, customer)}, as_json=as_json)


def _open(stage: str | None, region: str | None, store: str | None) -> tuple[Deployment, Store]:
    deployment = connect(stage, region)
    name = deployment.store(store)
    found = deployment.repository(name).get()
    if found is None:
        raise ended(Ending.FINDINGS, f"{name} has not installed the app")
    return deployment, found
