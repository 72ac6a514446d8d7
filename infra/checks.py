"""The rules that every synthesis is checked against, and how a finding is accepted."""

from collections.abc import Mapping

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct


def check(app: cdk.App) -> None:
    """Fail the synthesis of `app` on any finding that nobody accepted."""
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))


def accept(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept the findings of these rules on `construct`, each for its written reason."""
    for rule, reason in reasons.items():
        cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=rule, reason=reason))
