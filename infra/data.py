"""The stack that holds data; everything else can be deleted and deployed again."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.buckets import Buckets
from infra.deployment import Deployment
from infra.tables import Tables


class Data(cdk.Stack):
    """Tables, buckets and keys; kept when the stack is deleted, except on disposable stages."""

    def __init__(self, scope: Construct, id_: str, *, deployment: Deployment, env: cdk.Environment):
        super().__init__(scope, id_, env=env, termination_protection=not deployment.disposable)
        self.keys = Keys(self, "Keys", deployment=deployment)
        self.tables = Tables(self, "Tables", deployment=deployment)
        self.buckets = Buckets(self, "Buckets", deployment=deployment, key=self.keys.content)


class Keys(Construct):
    """
    Two keys of our own, so that who reads a webhook's body cannot read a store's tokens.

    `secrets` encrypts tokens, Netcore keys and the client secrets. `content` encrypts what
    bodies pass through or lie in: the commands topic and the buckets. Tables hold digests,
    states and what is sealed already, so AWS's own key for DynamoDB is enough for them.
    """

    def __init__(self, scope: Construct, id_: str, *, deployment: Deployment) -> None:
        super().__init__(scope, id_)
        self.secrets = self._key("Secrets", "Tokens, Netcore keys, client secrets", deployment)
        self.content = self._key("Content", "Webhook bodies on their way and kept", deployment)

    def _key(self, id_: str, description: str, deployment: Deployment) -> kms.Key:
        return kms.Key(
            self,
            id_,
            description=f"Shopbridge {deployment.stage}: {description}",
            enable_key_rotation=True,
            removal_policy=deployment.removal,
        )
