"""The script for headless storefronts, as `docs/website-tracking.md` has it."""

from typing import Final

from local.places import ROOT

DOCUMENT: Final = ROOT / "docs" / "website-tracking.md"


def snippet(store: str, collect: str) -> str:
    """Return the document's HTML, filled in as it says: for `store`, events go to `collect`."""
    html = DOCUMENT.read_text("utf-8").partition("```html\n")[2].partition("```")[0]
    filled = html.replace("https://API-URL/collect", collect)
    return filled.replace("YOUR-STORE.myshopify.com", store)


def script(store: str, collect: str) -> str:
    """Return the same without its tags."""
    html = snippet(store, collect)
    return html.partition("<script>")[2].rpartition("</script>")[0]
