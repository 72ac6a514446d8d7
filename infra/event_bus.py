"""EventBridge as the second way in: Shopify's partner bus, and a rule for each topic."""

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk.aws_lambda import CfnPermission
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.deployment import Deployment
from infra.functions import SourceFunction

PARTNER = "aws.partner/shopify.com"

# How the emulator's events are marked: `aws.` is refused there, as it is on AWS, to everyone
# but AWS itself and its partners.
LOCAL_SOURCE = "shopify"


class EventBus(Construct):
    """
    The bus that belongs to the partner event source, which must be pending in the account
    (the Dev Dashboard makes it there) when this is deployed.
    """

    def __init__(
        self, scope: Construct, id_: str, *, name: str, deployment: Deployment, dead: IQueue
    ) -> None:
        super().__init__(scope, id_)
        self._dead = dead
        self._source = [LOCAL_SOURCE] if deployment.local else [{"prefix": PARTNER}]
        self._bus = events.CfnEventBus(
            self, "Bus", name=name, event_source_name=None if deployment.local else name
        )

    @classmethod
    def of(
        cls, scope: Construct, id_: str, *, deployment: Deployment, dead: IQueue
    ) -> "EventBus | None":
        """The bus of `deployment`, None where deliveries come over HTTPS only."""
        name = deployment.bus_name()
        return cls(scope, id_, name=name, deployment=deployment, dead=dead) if name else None

    def deliver(self, topic: str, function: SourceFunction) -> None:
        """Hand every event about `topic` to `function`."""
        rule = events.CfnRule(
            function,
            "Rule",
            description=f"Shopify's {topic} deliveries",
            event_bus_name=self._bus.ref,
            event_pattern=self._pattern(topic),
            targets=[
                events.CfnRule.TargetProperty(
                    id="Function",
                    arn=function.function_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self._dead.queue_arn
                    ),
                    retry_policy=events.CfnRule.RetryPolicyProperty(
                        maximum_event_age_in_seconds=24 * 3600, maximum_retry_attempts=185
                    ),
                )
            ],
        )
        CfnPermission(
            function,
            "RuleMayInvoke",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="events.amazonaws.com",
            source_arn=rule.attr_arn,
        )

    def _pattern(self, topic: str) -> dict[str, Any]:
        """Both spellings of the topic's header: the newer one is lower-case."""
        return {
            "source": self._source,
            "account": [Stack.of(self).account],
            "detail-type": ["shopifyWebhook"],
            "detail": {
                "metadata": {"$or": [{"X-Shopify-Topic": [topic]}, {"shopify-topic": [topic]}]}
            },
        }
