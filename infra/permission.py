"""One thing that a role may do, and why where it is said with a wildcard."""

from collections.abc import Sequence
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import IConstruct


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Calls that are allowed on resources; where a resource ends in `*`, the reason why."""

    actions: Sequence[str]
    resources: Sequence[str]
    conditions: dict[str, object] | None = None
    wildcard_because: str = ""

    @property
    def statement(self) -> iam.PolicyStatement:
        """The permission as a role's policy says it."""
        return iam.PolicyStatement(
            actions=list(self.actions),
            resources=list(self.resources),
            conditions=self.conditions,
        )

    def findings(self, scope: IConstruct) -> dict[str, str]:
        """What cdk-nag finds in this, under the id that it gives it, with our reason."""
        if not self.wildcard_because:
            return {}
        stack = cdk.Stack.of(scope)
        found = {"Serverless-LambdaStarPermissions": self.wildcard_because}
        return (found if "*" in self.resources else {}) | {
            f"AwsSolutions-IAM5[Resource::{_flat(stack.resolve(resource))}]": self.wildcard_because
            for resource in self.resources
        }


def _flat(resource: object) -> str:
    """A resolved ARN the way cdk-nag writes it: imports and parameters as their names."""
    match resource:
        case {"Fn::Join": [_, parts]}:
            return "".join(_flat(part) for part in parts)
        case {"Fn::ImportValue": name}:
            return str(name)
        case {"Ref": name}:
            return f"<{name}>"
        case _:
            return str(resource)
