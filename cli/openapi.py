"""Writes docs/openapi.json, the settings API as its clients see it: `make openapi`."""

from pathlib import Path

from shopbridge.entry.api.document import written

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


if __name__ == "__main__":
    FILE.write_text(written())
