"""Looks every minute which checkouts nobody completed, and has it recorded."""

from constructs import Construct

from infra import permissions
from infra.job import Job, Schedule
from infra.parts import Parts
from infra.topics import FUNCTIONS

# A usual sweep takes a second; after an outage one may find a day of checkouts.
SECONDS = 5 * 60

EVERY_MINUTE = "rate(1 minute)"


class Abandonment(Construct):
    """The sweep, and its schedule. What it misses in one minute, it does in the next."""

    def __init__(self, scope: Construct, id_: str, parts: Parts) -> None:
        super().__init__(scope, id_)
        tables, topic = parts.data.tables, parts.commands.topic
        self.sweep = Job(
            self,
            FUNCTIONS / "abandonment" / "sweep.py",
            base=parts.base,
            environment={
                **parts.tokens.vault_environment,
                **tables.told("stores", "ledger", "checkouts"),
                "COMMANDS_TOPIC_ARN": topic.topic_arn,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.ledger, permissions.UPDATE),
                permissions.table(tables.checkouts, (*permissions.UPDATE, "BatchGetItem", "Query")),
                permissions.index(tables.checkouts, "due"),
                permissions.publish(topic),
                permissions.use_key(parts.data.keys.content, "sns"),
                permissions.decrypt_secrets(parts.data.keys.secrets),
            ],
            timeout_seconds=SECONDS,
            unfinished=parts.queues.unfinished_jobs,
            retries=0,
        )
        Schedule(
            self,
            "EveryMinute",
            self.sweep,
            description="Records which checkouts were abandoned",
            expression=EVERY_MINUTE,
            unfinished=parts.queues.unfinished_jobs,
        )
