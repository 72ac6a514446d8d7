"""
What `/v1/activity/upload` accepts.

Source: https://developer.netcorecloud.com/docs/add-activity-api
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from local.netcore import reading
from local.netcore.refusal import Refused

UPLOAD_LIMIT = 1000  # activities a call; set by Netcore
NESTING_LIMIT = 100  # levels of one activity; ours, so that `/_received` can always be read

_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def _zoned(timestamp: str) -> str:
    if not _ZONED.fullmatch(timestamp):
        raise ValueError("not an ISO 8601 time with a zone")
    datetime.fromisoformat(timestamp)
    return timestamp


Text = Annotated[str, Field(min_length=1)]
Id = Text | int


class Activity(BaseModel):
    """One activity on the wire; unknown fields are kept, as Netcore names none it forbids."""

    model_config = ConfigDict(extra="allow", strict=True, hide_input_in_errors=True)

    asset_id: Text
    activity_name: Text
    timestamp: Annotated[str, AfterValidator(_zoned)]
    activity_source: Literal["web", "app"]
    activity_params: dict[str, Any]
    identity: Id | None = None
    email: Text | None = None
    mobile: Id | None = None
    anonid: Text | None = None
    annonid: Text | None = None  # the older page's spelling

    @model_validator(mode="after")
    def _belongs_to_somebody(self) -> Self:
        known_by = (self.identity, self.email, self.mobile, self.anonid, self.annonid)
        if all(name is None for name in known_by):
            raise ValueError("neither identity, email, mobile nor anonid")
        return self


_UPLOAD = TypeAdapter(Annotated[list[Activity], Field(min_length=1, max_length=UPLOAD_LIMIT)])


def accepted(body: bytes) -> list[dict[str, Any]]:
    """
    Read an upload, all of it or nothing.

    Raises:
        Refused: the body is no array of 1 to 1000 activities, or one of them is wrong.
    """
    document = reading.parse(body)
    reading.validated(_UPLOAD, document)
    activities: list[dict[str, Any]] = document
    return activities


def is_stored(activity: dict[str, Any]) -> bool:
    """Tell whether Netcore keeps it: an empty array anywhere and it does not."""
    level: list[Any] = [activity]
    for _ in range(NESTING_LIMIT):
        if any(value == [] for value in level):
            return False
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return True
    raise Refused("an activity is nested too deeply")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
