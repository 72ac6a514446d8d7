"""What a function needs that calls Shopify for a store: tokens, and how to renew them."""

from dataclasses import dataclass

from aws_cdk.aws_kms import Key

from infra import permissions
from infra.deployment import Deployment
from infra.permission import Permission


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Opening and sealing tokens, and the client secrets that renew them."""

    deployment: Deployment
    key: Key

    @property
    def environment(self) -> dict[str, str]:
        """What the function is told."""
        return {
            **self.vault_environment,
            "CLIENT_SECRETS_PARAMETER": self._parameter,
            "SHOPIFY_CLIENT_ID": self.deployment.client_id,
        }

    @property
    def permissions(self) -> list[Permission]:
        """What its role may do with them."""
        return [
            *self.vault,
            *self.client_secrets,
        ]

    @property
    def vault_environment(self) -> dict[str, str]:
        """What the function is told that only seals and opens."""
        return {"STORE_KEY_ARN": self.key.key_arn}

    @property
    def vault(self) -> list[Permission]:
        """Sealing and opening what belongs to a store."""
        return [permissions.decrypt_secrets(self.key), permissions.encrypt_secrets(self.key)]

    @property
    def client_secrets(self) -> list[Permission]:
        """Reading the client secrets alone."""
        return permissions.secret_parameter(self.key, self.key, self._parameter)

    @property
    def _parameter(self) -> str:
        return self.deployment.parameter("client-secrets")
