"""The two layers under every Lambda: our package and its dependencies."""

from pathlib import Path

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.assets import Assets
from infra.lambda_runtime import ARCHITECTURE, RUNTIME


class Layers(Construct):
    """
    `core` changes with every commit, `vendor` only with its requirements: those of
    workers, or the few of topic functions, which start faster without the others.

    Each stack that has Lambdas makes its own: a layer that one stack exported to another
    could never change, since CloudFormation refuses to change an export that is in use.
    """

    def __init__(self, scope: Construct, id_: str, *, assets: Assets, requirements: Path) -> None:
        super().__init__(scope, id_)
        self.all = [
            lambda_.LayerVersion(
                self,
                name,
                code=code,
                description=description,
                compatible_runtimes=[RUNTIME],
                compatible_architectures=[ARCHITECTURE],
            )
            for name, code, description in (
                ("Core", assets.core(), "The package shopbridge"),
                ("Vendor", assets.vendor(requirements), "What shopbridge depends on"),
            )
        ]
