"""Reads what CDK synthesised, across stacks: a reference leads to the resource it means."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import aws_cdk as cdk

from infra.checks import check
from infra.stacks import build

ROOT = Path(__file__).parents[2]
PARTNER_SOURCE = "aws.partner/shopify.com/285617094657/shopbridge"


@dataclass(frozen=True)
class Resource:
    """One resource of a template; `stack` is the last word of its stack's name."""

    stack: str
    id: str
    type: str
    properties: dict[str, Any]
    deletion: str


@dataclass(frozen=True)
class Synthesis:
    """All templates of one synthesis, by the last word of each stack's name."""

    templates: dict[str, dict[str, Any]]

    def all(self, *types: str) -> list[Resource]:
        """Every resource of these types."""
        return [resource for resource in self._resources if resource.type in types]

    def named(self, id_: str) -> Resource:
        """The one resource whose logical id starts with `id_` and goes on with a hash."""
        (found,) = [r for r in self._resources if r.id[:-8] == id_]
        return found

    def meant(self, reference: Any) -> Resource:
        """The resource that a `Ref`, `Fn::GetAtt` or `Fn::ImportValue` leads to."""
        (found,) = [r for r in self._resources if r.id in self._names(reference)]
        return found

    def _names(self, reference: Any) -> Iterator[str]:
        match reference:
            case {"Ref": str(id_)} | {"Fn::GetAtt": [str(id_), _]}:
                yield id_
            case {"Fn::ImportValue": str(export)}:
                yield from self._names(self._exports[export])

    @cached_property
    def _resources(self) -> list[Resource]:
        return [
            Resource(
                stack=stack,
                id=id_,
                type=resource["Type"],
                properties=resource.get("Properties", {}),
                deletion=resource.get("DeletionPolicy", "Delete"),
            )
            for stack, template in self.templates.items()
            for id_, resource in template["Resources"].items()
        ]

    @cached_property
    def _exports(self) -> dict[str, Any]:
        return {
            output["Export"]["Name"]: output["Value"]
            for template in self.templates.values()
            for output in template.get("Outputs", {}).values()
            if "Export" in output
        }


def synthesise(output: Path, **context: str) -> Synthesis:
    """Synthesise as `app.py` does, checks included, but build no asset."""
    defaults = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = cdk.App(
        outdir=str(output),
        analytics_reporting=False,
        context={**defaults, "aws:cdk:bundling-stacks": [], **context},
    )
    build(app)
    check(app)
    stacks = app.synth().stacks
    return Synthesis({stack.stack_name.rpartition("-")[2]: stack.template for stack in stacks})
