"""One page with all that its template needs."""

from dataclasses import dataclass
from typing import Any

from shopbridge.entry.api.desk import Sight
from shopbridge.page.frame import Frame
from shopbridge.page.rendering import rendered


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as its store's merchant asks for it."""

    sight: Sight
    frame: Frame
    query: dict[str, str]


def shown(visit: Visit, template: str, view: object, **more: Any) -> str:
    """Render `template` for the visit's store: its settings, their version, and `view`."""
    store = visit.sight.store
    return rendered(
        template,
        frame=visit.frame,
        view=view,
        settings=store.settings.model_dump(mode="json"),
        etag=visit.sight.etag,
        **more,
    )
