"""Writes what the documents take from the code: topics, the recipes' payloads, a diagram."""

from pathlib import Path

from cli import machine, recipes
from infra.topics import TOPICS, summary

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- topics: written by `make docs`, checked by a test -->\n"
END = "<!-- /topics -->"


def table() -> str:
    """Write one row for each topic, from the first line of its file's docstring."""
    rows = [
        f"| [`{topic}`]({source.relative_to(README.parent)}) |"
        f" {summary(source).removeprefix(f'{topic}: ')} |"
        for topic, source in sorted(TOPICS.items())
    ]
    return "\n".join(["| topic | what happens |", "|---|---|", *rows, ""])


def written(readme: str) -> str:
    """Return `readme` with today's table in its place."""
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
    recipes.RECIPES.write_text(recipes.written(recipes.RECIPES.read_text()))
    machine.DOCUMENT.write_text(machine.written(machine.DOCUMENT.read_text()))
