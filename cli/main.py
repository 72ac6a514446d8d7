"""The `shopbridge` command; every verb is a module beside this one."""

import typer

from cli import (
    catalogue,
    local,
    parked,
    privacy,
    reconcile,
    replay,
    report,
    settings,
    sync,
    to_shopify,
    trace,
    translate,
    trigger,
)
from cli.demo import command as demo
from cli.doctor import command as doctor

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # they may hold a customer's data or a token
    help="Shopify stores to Netcore Customer Engagement. Acts on the local run by default.",
)
app.add_typer(local.app, name="local")
app.command("demo")(demo.demo)
app.command("translate")(translate.translate)
app.command("trigger")(trigger.trigger)
app.command("trace")(trace.trace)
app.command("report")(report.report)
app.add_typer(parked.app, name="parked")
app.add_typer(privacy.app, name="privacy")
app.command("replay")(replay.replay)
app.add_typer(settings.app, name="settings")
app.add_typer(sync.app, name="sync")
app.add_typer(catalogue.app, name="catalogue")
app.command("reconcile")(reconcile.reconcile)
app.add_typer(to_shopify.app, name="to-shopify")
app.command("doctor")(doctor.doctor)
