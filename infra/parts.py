"""What every feature of the core stack is wired to."""

from dataclasses import dataclass

from infra.api import Api
from infra.commands import Commands
from infra.data import Data
from infra.deployment import Deployment
from infra.functions import Base
from infra.queues import Queues
from infra.tokens import Tokens


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Made once by the stack; a feature's construct takes of it what it needs."""

    deployment: Deployment
    data: Data
    base: Base
    api: Api
    queues: Queues
    commands: Commands

    @property
    def tokens(self) -> Tokens:
        """Tokens of the stores, for a function that calls Shopify."""
        return Tokens(deployment=self.deployment, key=self.data.keys.secrets)
