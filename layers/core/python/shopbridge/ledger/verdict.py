"""What became of a delivery, in words for people, and what to do next."""

from collections.abc import Mapping

from shopbridge import reasons
from shopbridge.ledger.history import End, History
from shopbridge.outcome import OPEN, WAITING, worst

_WORDS: Mapping[str, str] = {
    "duplicate": "accepted outside before",
    "unchanged": "nothing new to send",
    "disabled": "its switch was off, so it stays unsent",
    "superseded": "something newer won",
    "unidentified": "nobody to attach it to",
    "parked": "waits for somebody",
    "failed": "given up, kept in full",
    WAITING: "on its way",
}
"""Said where the ledger gives no reason."""

_SETTLED = frozenset({"delivered", "duplicate", "unchanged", "superseded"})

_MEND: Mapping[str, str] = {
    reasons.STORE_UNKNOWN: "install the app in this store; what is parked goes on by itself",
    reasons.NOT_ENABLED: "shopbridge settings set status=enabled",
    reasons.PAUSED: "shopbridge settings set status=enabled",
    reasons.KEY_REFUSED: "shopbridge settings key",
    reasons.UNBLOCK_NEEDED: "lift the blacklisting in Netcore's panel",
}
"""What ends a reason; where it is a command, that resumes what waited for it."""


def verdict(history: History) -> str:
    """Say in one line what became of a delivery."""
    match history.state:
        case "parked" | "failed":
            return f"The delivery is {history.state}: {_reason(history)}."
        case "published":
            return _of_commands(history)
    return "Accepted, but not published yet; Shopify delivers it again if that stays so."


def next_step(history: History) -> str:
    """Say what to do about it; empty where nothing is left to do."""
    if history.state in OPEN:
        name = f"{history.event_id}#{history.delivery['row']}"
        return _step(history.state, _reason(history), name)
    for end in _worst_first(history):
        if end.outcome in OPEN:
            return _step(end.outcome, end.reason, end.id)
        if end.outcome == WAITING:
            return f"shopbridge trace {history.event_id}"
        if end.outcome == "unidentified":
            return "shopbridge settings get primary_key"
    return ""


def _step(outcome: str, reason: str, name: str) -> str:
    if outcome == "failed":
        return f"shopbridge parked resume '{name}'"
    return _MEND.get(reason, f"shopbridge parked show '{name}' --content")


def _of_commands(history: History) -> str:
    if not history.ends:
        return "Accepted; it asks for nothing to be done."
    done = sum(1 for end in history.ends if end.outcome in _SETTLED)
    share = "All" if done == len(history.ends) else f"{done} of {len(history.ends)}"
    return f"{share} done: {'; '.join(map(_told, _worst_first(history)))}."


def _told(end: End) -> str:
    name = end.label if end.kind == "RecordActivity" else end.kind
    why = end.reason or _WORDS.get(end.outcome, "")
    return f"{name} {end.outcome} ({why})" if why else f"{name} {end.outcome}"


def _worst_first(history: History) -> list[End]:
    remaining, ordered = list(history.ends), []
    while remaining:
        outcome = worst([end.outcome for end in remaining])
        ordered += [end for end in remaining if end.outcome == outcome]
        remaining = [end for end in remaining if end.outcome != outcome]
    return ordered


def _reason(history: History) -> str:
    return str(history.delivery.get("reason", ""))
