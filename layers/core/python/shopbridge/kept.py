"""Where content lies that must outlive its message: S3 keys under `<store>/<date>`."""

from datetime import UTC, date, datetime, timedelta

from shopbridge.message import Head

MESSAGE = "text/plain"
"""Type of a kept message text (`shopbridge.message`)."""
BODY = "application/json"
"""Type of a claimed body: the raw bytes of a delivery."""
BUNDLE = "application/json"
"""Type of a bundle: what is held of one person."""

RESULTS = "bulk/"
"""Prefix of what bulk operations export: large, of many people, and deleted once it is read."""
OF_PEOPLE = ("claim/", "parked/", "requests/")
"""Prefixes whose objects are each about one thing, and go with whom they name."""
UPLOADS = "uploads/"
"""Prefix of files of contacts for Netcore to fetch; who is to be forgotten is taken out of them."""
PREFIXES = (RESULTS, UPLOADS, *OF_PEOPLE, "runs/", "feeds/", "reconciliation/")
"""All prefixes; each goes with its store. Lists and reports hold ids alone, a feed holds goods."""

DAYS = 14
"""How long anything is kept here; the bucket's lifecycle deletes it."""

UPLOAD_DAYS = 2
"""How long a file of contacts is kept; the bucket's lifecycle deletes it."""
UPLOAD_LINK = timedelta(hours=12)
"""How long a file of contacts can be fetched; Netcore does not say when it does."""

DAYS_LEFT = "days-left"
"""Tag of an object that was written anew, and shall not live longer for it."""


_SECOND = "%Y%m%dT%H%M%S"


def parked_key(head: Head, now: datetime, number: int | None = None) -> str:
    """Key of a parked delivery, or of its parked command `number`."""
    return f"parked/{_place(head, now)}" + ("" if number is None else f"-{number}")


def claim_key(head: Head, now: datetime) -> str:
    """Key of a body that is too large to travel."""
    return f"claim/{_place(head, now)}"


def request_prefix(store: str) -> str:
    """Where all bundles of one store's data requests lie."""
    return f"requests/{store}/"


def request_key(store: str, asked_at: datetime, request_id: str) -> str:
    """Key of the bundle that answers a data request."""
    return f"{request_prefix(store)}{asked_at:%Y-%m-%d}/{request_id}.json"


def upload_key(store: str, now: datetime, name: str) -> str:
    """Key of a file of contacts; `name` is not to be guessed."""
    return f"{UPLOADS}{store}/{now.astimezone(UTC):{_SECOND}}-{name}.csv"


def is_fetchable(upload_key: str, now: datetime) -> bool:
    """Whether the link to a file of contacts may still work."""
    written_at = upload_key.rpartition("/")[2].partition("-")[0]
    return now < datetime.strptime(written_at, _SECOND).replace(tzinfo=UTC) + UPLOAD_LINK


def days_left(day: date, now: datetime) -> int:
    """Return how many days what was first written on `day` may still be kept; 0 for none."""
    return max(0, DAYS - (now.date() - day).days)


def _place(head: Head, now: datetime) -> str:
    topic = head.topic.replace("/", ".")
    event = "".join(c if c.isalnum() or c in "-_" else "." for c in head.event_id)
    return f"{head.store}/{now:%Y-%m-%d}/{event}-{topic}-{head.digest}"
