"""The commands topic, and which queue takes what from it."""

from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.queues import Queues

# The queue of each kind of command. A message carries one attribute per kind that is in it;
# `delivery` is on each message. History goes straight to its own lanes, not through here.
KINDS = {
    "activities": "RecordActivity",
    "contacts": "RefreshContact",
    "consents": "ChangeConsent",
    "catalogue": "RefreshProduct",
    "lifecycle": "UpdateShop",
    "archive": "delivery",
}


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
        for name, attribute in KINDS.items():
            self.topic.add_subscription(
                subscriptions.SqsSubscription(
                    queues.lanes[name],
                    raw_message_delivery=True,
                    filter_policy={attribute: sns.SubscriptionFilter.exists_filter()},
                    dead_letter_queue=queues.dead[name],
                )
            )
