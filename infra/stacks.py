"""The whole system, wired: three stacks for one stage."""

from dataclasses import dataclass

import aws_cdk as cdk

from infra.core import Core
from infra.data import Data
from infra.deployment import Deployment
from infra.webhooks import Webhooks


@dataclass(frozen=True, kw_only=True)
class Stacks:
    """The stacks of one stage, in the order they are deployed."""

    data: Data
    core: Core
    webhooks: Webhooks


def build(app: cdk.App) -> Stacks:
    """Add the stacks that the context of `app` asks for."""
    deployment = Deployment.of(app)
    env = cdk.Environment(region=deployment.region)
    data = Data(app, deployment.stack("Data"), deployment=deployment, env=env)
    core = Core(app, deployment.stack("Core"), deployment=deployment, data=data, env=env)
    webhooks = Webhooks(
        app, deployment.stack("Webhooks"), deployment=deployment, data=data, core=core, env=env
    )
    cdk.Tags.of(app).add("application", "shopbridge")
    cdk.Tags.of(app).add("stage", deployment.stage)
    return Stacks(data=data, core=core, webhooks=webhooks)
