"""Looks every minute which checkouts nobody completed, and has it recorded."""

from constructs import Construct

from infra import permissions
from infra.commands import Commands
from infra.data import Data
from infra.deployment import Deployment
from infra.functions import Base
from infra.job import Job, Schedule
from infra.queues import Queues
from infra.tokens import Tokens
from infra.topics import FUNCTIONS

# A usual sweep takes a second; after an outage one may find a day of checkouts.
SECONDS = 5 * 60

EVERY_MINUTE = "rate(1 minute)"


class Abandonment(Construct):
    """The sweep, and its schedule. What it misses in one minute, it does in the next."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        deployment: Deployment,
        data: Data,
        queues: Queues,
        commands: Commands,
        base: Base,
    ) -> None:
        super().__init__(scope, id_)
        tables = data.tables
        tokens = Tokens(deployment=deployment, key=data.keys.secrets)
        self.sweep = Job(
            self,
            FUNCTIONS / "abandonment" / "sweep.py",
            base=base,
            environment={
                **tokens.vault_environment,
                "STORES_TABLE": tables.stores.table_name,
                "LEDGER_TABLE": tables.ledger.table_name,
                "CHECKOUTS_TABLE": tables.checkouts.table_name,
                "COMMANDS_TOPIC_ARN": commands.topic.topic_arn,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.ledger, permissions.UPDATE),
                permissions.table(tables.checkouts, (*permissions.UPDATE, "BatchGetItem")),
                permissions.index(tables.checkouts, "due"),
                permissions.publish(commands.topic),
                permissions.use_key(data.keys.content, "sns"),
                permissions.decrypt_secrets(data.keys.secrets),
            ],
            timeout_seconds=SECONDS,
            unfinished=queues.unfinished_jobs,
            retries=0,
        )
        Schedule(
            self,
            "EveryMinute",
            self.sweep,
            description="Records which checkouts were abandoned",
            expression=EVERY_MINUTE,
            unfinished=queues.unfinished_jobs,
        )
