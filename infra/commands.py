"""The commands topic, and which queue takes what from it."""

from collections.abc import Sequence

from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.queues import Queues
from shopbridge.lanes import KINDS

# Attributes of messages for each queue: the kinds of command in it, and `delivery`, which is on
# each. History goes straight to its own lanes, not through here.
ATTRIBUTES = {**KINDS, "archive": ("delivery",)}


class Commands(Construct):
    """
    One topic that every topic Lambda publishes to once, and a subscription for each kind.

    Encrypted with our key: bodies pass through it. The queues receive what SNS decrypted,
    and encrypt it with theirs.
    """

    def __init__(self, scope: Construct, id_: str, *, queues: Queues, key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(
            self, "Topic", display_name="Shopbridge commands", master_key=key, enforce_ssl=True
        )
        for name, kinds in ATTRIBUTES.items():
            self.topic.add_subscription(
                subscriptions.SqsSubscription(
                    queues.lanes[name],
                    raw_message_delivery=True,
                    filter_policy=_any_of(kinds),
                    dead_letter_queue=queues.dead[name],
                )
            )


def _any_of(kinds: Sequence[str]) -> dict[str, sns.SubscriptionFilter]:
    """Messages with an attribute of any of `kinds`; CDK has no word of its own for "or"."""
    if len(kinds) == 1:
        return {kinds[0]: sns.SubscriptionFilter.exists_filter()}
    return {"$or": sns.SubscriptionFilter([{kind: [{"exists": True}]} for kind in kinds])}
