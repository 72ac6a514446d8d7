"""`shopbridge translate`: what a webhook's body means, offline."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from pydantic import ValidationError

from cli.answer import Ending, ended, show
from cli.topics import webhook_of
from shopbridge.commands import Command
from shopbridge.errors import InvalidPayload
from shopbridge.moments import dated
from shopbridge.shopify.reading import read
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Settings
from shopbridge.switches import ends_early

Body = Annotated[Path, typer.Argument(metavar="FILE", help="The body as Shopify sent it.")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings as `settings export` writes them.")
]


def translate(
    topic: Annotated[str, typer.Argument(help="For example orders/create.")],
    body: Body,
    settings: SettingsFile = None,
    store: Annotated[str, typer.Option(help="The store it came from.")] = (
        "vapid-store.myshopify.com"
    ),
) -> None:
    """Print the commands that a body means, as JSON; nothing is sent anywhere."""
    webhook = webhook_of(topic)
    now = datetime.now(UTC)
    profile = _profile(store, settings, now)
    try:
        payload = read(body.read_bytes(), webhook.payload)
        commands = [dated(command, now, now) for command in webhook.translate(payload, profile)]
    except OSError as exc:
        raise ended(Ending.USAGE, f"{body}: {exc.strerror}") from exc
    except InvalidPayload as exc:
        raise ended(Ending.FINDINGS, f"would be parked: {exc}") from exc
    told = [_told(command, profile, now) for command in commands]
    show({"topic": topic, "resource": payload.resource, "commands": told}, as_json=True)


def _told(command: Command, profile: Profile, now: datetime) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(command)
    early = ends_early(command, now, profile)
    return {**fields, "ends": early} if early else fields


def _profile(store: str, settings: Path | None, now: datetime) -> Profile:
    base = Profile(store=store, epoch=1, installed_at=now)
    try:
        chosen = Settings.model_validate_json(settings.read_text()) if settings else Settings()
    except OSError as exc:
        raise ended(Ending.USAGE, f"{settings}: {exc.strerror}") from exc
    except ValidationError as exc:
        raise ended(Ending.USAGE, f"{settings} holds no settings:\n{exc}") from exc
    return compiled(chosen, base, now, first=True)
