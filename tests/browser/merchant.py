"""A merchant in front of the page, in a store's admin."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, expect

from infra.deployment import LOCAL_CLIENT_ID
from local.run import Run
from tests.e2e.live_store import LiveStore

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"

FOCUSED = """() => {
  let el = document.activeElement;
  while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement;
  const host = el?.getRootNode().host;
  return [el?.labels?.[0]?.textContent, host?.textContent, el?.textContent, host?.label]
    .map((text) => (text ?? "").trim()).filter(Boolean);
}"""
"""What the focused element is called, through all shadow roots."""

MOST_TABS = 80


class Merchant:
    """Opens pages of one store, and works on them by mouse or by keyboard."""

    def __init__(self, page: Page, system: Run, store: LiveStore) -> None:
        self.page = page
        self.store = store
        self.errors: list[str] = []
        self._admin = f"{system.store_url}/admin/apps/{LOCAL_CLIENT_ID}"
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._heard)

    def open(self, path: str = "", **query: str) -> "Merchant":
        """Open a page of the app, and wait until its elements work."""
        more = "".join(f"&{name}={value}" for name, value in query.items())
        self.page.goto(f"{self._admin}/{path}?shop={self.store.name}{more}".replace("/?", "?"))
        return self.settled()

    def settled(self) -> "Merchant":
        """Wait until the page's elements work."""
        self.app.locator("s-page:defined").first.wait_for()
        self.app.page.wait_for_load_state("networkidle")
        return self

    def reached(self, step: str) -> None:
        """Wait until this step of the guide is the open one."""
        expect(self.app.locator(f"form[data-step={step}]")).to_be_visible()
        self.settled()

    @property
    def app(self) -> Frame:
        """The app's page within the admin."""
        frame = self.page.frames[-1]
        assert frame.parent_frame
        return frame

    @property
    def path(self) -> str:
        """Path of the app's page."""
        return urlsplit(self.app.url).path.rpartition("/")[2]

    def field(self, label: str) -> Locator:
        """Find a field by its label."""
        return self.app.get_by_label(label, exact=True)

    def press(self, name: str) -> None:
        """Press a button."""
        self.app.get_by_role("button", name=name, exact=True).first.click()

    def save(self) -> None:
        """Press the save bar's button."""
        self.app.locator("ui-save-bar[open]").get_by_role("button", name="Save").click()

    def told(self, text: str) -> None:
        """Expect a toast."""
        expect(self.app.get_by_text(text, exact=True).first).to_be_visible()

    def tab_to(self, name: str) -> None:
        """Press Tab until something called `name` has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if any(one.startswith(name) for one in self.app.evaluate(FOCUSED)):
                return
        raise AssertionError(f"Tab never reached {name}")

    def type_into(self, name: str, text: str) -> None:
        """Go to a field by keyboard, and type."""
        self.tab_to(name)
        self.page.keyboard.type(text)

    def violations(self) -> list[str]:
        """Ask axe what is serious or critical about the page."""
        self.app.evaluate(AXE.read_text())
        found: list[dict[str, Any]] = self.app.evaluate("async () => (await axe.run()).violations")
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def photograph(self, file: Path) -> None:
        """Take a picture of the whole page of the app."""
        height = self.app.evaluate("document.documentElement.scrollHeight")
        size = self.page.viewport_size
        assert size
        self.page.set_viewport_size({"width": size["width"], "height": int(height) + 60})
        self.page.screenshot(path=file)
        self.page.set_viewport_size(size)

    def _heard(self, message: ConsoleMessage) -> None:
        """A refused call is part of many tests; anything else that is an error is not."""
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)
