"""Turns sources into the code of Lambdas and layers; builds nothing where CDK bundles nothing."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.build import Builder, Built
from infra.runtime import PYTHON, Platform
from infra.topics import ROOT

CORE = ROOT / "layers" / "core" / "python" / "shopbridge"
REQUIREMENTS = ROOT / "layers" / "vendor" / "requirements.txt"
LEAN = ROOT / "layers" / "lean" / "requirements.txt"


class MissingSource(Exception):
    """A Lambda is declared whose source file does not exist."""


class Assets:
    """The code of one stack's Lambdas, for one platform."""

    def __init__(self, scope: Construct, *, platform: Platform) -> None:
        self._builder = Builder(platform=platform)
        # Tests synthesise with `aws:cdk:bundling-stacks: []`: sources as they lie, nothing built.
        self._builds = cdk.Stack.of(scope).bundling_required
        if self._builds and not self._builder.compiles:
            cdk.Annotations.of(scope).add_warning_v2(
                "shopbridge:bytecode",
                f"No Python {PYTHON} on this machine: the assets hold no bytecode, and every cold "
                f"start compiles all it imports (2.7 times slower). Install Python {PYTHON} and "
                "synthesise again before you deploy.",
            )

    def function(self, source: Path) -> lambda_.Code:
        """
        The code of the Lambda that `source` alone makes.

        Raises:
            MissingSource: there is no such file.
        """
        if not source.is_file():
            raise MissingSource(f"{source.relative_to(ROOT)} does not exist, but infra deploys it")
        if self._builds:
            return _code(self._builder.function(source))
        return lambda_.Code.from_asset(str(source.parent), exclude=["*", f"!{source.name}"])

    def core(self) -> lambda_.Code:
        """The code of the layer that holds our package."""
        if self._builds:
            return _code(self._builder.core(CORE))
        return lambda_.Code.from_asset(str(CORE.parents[1]), exclude=["**/__pycache__"])

    def vendor(self, requirements: Path) -> lambda_.Code:
        """The code of a layer that holds pinned dependencies."""
        if self._builds:
            return _code(self._builder.vendor(requirements))
        return lambda_.Code.from_asset(str(requirements.parent))


def _code(built: Built) -> lambda_.Code:
    # The key stands for the content: bytecode itself is not the same bytes on every machine.
    return lambda_.Code.from_asset(
        str(built.path), asset_hash=built.key, asset_hash_type=cdk.AssetHashType.CUSTOM
    )
