"""What a webhook function needs from outside, built once per warm Lambda."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import msgspec

from shopbridge.aws.client import Aws
from shopbridge.entry.observer import Observer
from shopbridge.entry.publisher import Publisher
from shopbridge.environment import Environment
from shopbridge.errors import SecretsUnavailable
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.stores.reader import ProfileReader


class Services(msgspec.Struct, frozen=True):
    """The outside world of one webhook function."""

    secrets: ClientSecrets
    profiles: ProfileReader
    deliveries: Deliveries
    publisher: Publisher
    observer: Observer
    now: Callable[[], datetime]
    end_by: Callable[[float], None]
    """Takes the moment (seconds since 1970) after which no call may last."""


def now() -> datetime:
    """Return the current time, aware."""
    return datetime.now(UTC)


def build(aws: Aws, environment: Environment) -> Services:
    """Wire the services of one function to `aws` as `environment` names its parts."""

    def secrets() -> list[str]:
        """Read them when somebody asks: not every function may."""
        return listed(aws.ssm.get_parameter(environment["CLIENT_SECRETS_PARAMETER"]))

    return Services(
        secrets=ClientSecrets(secrets, time.monotonic),
        profiles=ProfileReader(aws.dynamodb, environment["STORES_TABLE"], now),
        deliveries=Deliveries(aws.dynamodb, environment["LEDGER_TABLE"]),
        publisher=Publisher(
            aws.sns, environment["COMMANDS_TOPIC_ARN"], aws.s3, environment["KEPT_BUCKET"]
        ),
        observer=Observer(print, now),
        now=now,
        end_by=aws.end_by,
    )


def listed(parameter: str) -> list[str]:
    """
    Read the parameter's value, a JSON list of secrets.

    Raises:
        SecretsUnavailable: it is something else; what it is, is not said.
    """
    try:
        return msgspec.json.decode(parameter, type=list[str])
    except msgspec.DecodeError:
        raise SecretsUnavailable("the parameter is no JSON list of texts") from None


@cache
def from_environment() -> Services:
    """Build the real services, once per warm Lambda."""
    environment = Environment()
    return build(Aws.from_environment(environment.variables), environment)
