"""Turns a template and what it shows into HTML; what a template misses is an error."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("shopbridge.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def rendered(template: str, **shown: Any) -> str:
    """Write the page of `template`; text from outside is escaped."""
    return _templates().get_template(f"{template}.html").render(shown)
