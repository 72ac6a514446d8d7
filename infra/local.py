"""
What `-c local=1` changes in the templates, and why. A test compares both and allows nothing else.

Beside this the assets differ: on the emulator, wheels and bytecode are those of the
interpreter that runs it (`infra.runtime.EMULATOR`), and layers only lead to where
their content lies on this disk.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One property of one type of resource that may differ; below it, everything may."""

    resource: str
    property: str
    reason: str


BUS = "The emulator has no partner to associate a bus with, so the bus is an ordinary one."
HOSTS = "Functions must meet the simulators, on the ports that were free on this machine."
WAIT = "A person waits until the messages of a worker that was killed come back."
PROCESSES = "Each worker at work is a process here; starting many at once starves those that run."

DIFFERENCES = (
    Difference(resource="AWS::Events::EventBus", property="EventSourceName", reason=BUS),
    Difference(resource="AWS::Events::EventBus", property="Name", reason=BUS),
    Difference(
        resource="AWS::Events::Rule",
        property="EventPattern.source",
        reason="Only AWS and its partners may send events whose source begins with `aws.`.",
    ),
    Difference(
        resource="AWS::Lambda::Function",
        property="Environment.Variables.NETCORE_HOSTS",
        reason=HOSTS,
    ),
    Difference(
        resource="AWS::Lambda::Function",
        property="Environment.Variables.SHOPIFY_ADMIN_URL",
        reason=HOSTS,
    ),
    Difference(
        resource="AWS::Lambda::Function",
        property="Environment.Variables.SHOPIFY_CDN_URL",
        reason="Offline, the store simulator has stand-ins for Shopify's scripts.",
    ),
    Difference(
        resource="AWS::Lambda::EventSourceMapping",
        property="ScalingConfig.MaximumConcurrency",
        reason=PROCESSES,
    ),
    Difference(
        resource="AWS::Lambda::Function",
        property="Environment.Variables.SHOPIFY_CLIENT_ID",
        reason="The store simulator knows one app, whatever shopify.app.toml is linked to.",
    ),
    Difference(resource="AWS::Lambda::Function", property="Timeout", reason=WAIT),
    Difference(
        resource="AWS::Lambda::Function",
        property="Environment.Variables.WORKER_SECONDS",
        reason="It says how long a worker lives, and follows the time that they are given.",
    ),
    Difference(resource="AWS::SQS::Queue", property="VisibilityTimeout", reason=WAIT),
    Difference(
        resource="AWS::SSM::Parameter",
        property="Value",
        reason="The description of the deployment names the bus.",
    ),
)
