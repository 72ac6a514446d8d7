"""What became of a delivery, in words for people, and what to do next."""

from collections.abc import Mapping

from shopbridge import reasons
from shopbridge.ledger.history import End, History
from shopbridge.outcome import WAITING, worst

_OUTCOMES: Mapping[str, str] = {
    "delivered": "delivered",
    "duplicate": "accepted outside before, so not sent again",
    "unchanged": "nothing had changed, so nothing was sent",
    "disabled": "its switch was off, so it stays unsent",
    "superseded": "something newer won",
    "unidentified": "nobody to attach it to",
    "parked": "waits for somebody",
    "failed": "given up, kept in full",
    WAITING: "on its way",
}

_MEND: Mapping[str, str] = {
    reasons.STORE_UNKNOWN: "install the app in this store; what is parked goes on by itself",
    reasons.NOT_ENABLED: "shopbridge settings set status=enabled",
    reasons.PAUSED: "shopbridge settings set status=enabled",
    reasons.KEY_REFUSED: "shopbridge settings key",
    reasons.UNBLOCK_NEEDED: "lift the blacklisting in Netcore's panel",
}
"""What ends a reason; the command line resumes by itself what waited for it."""


def verdict(history: History) -> str:
    """Say in one line what became of a delivery."""
    match history.state:
        case "parked" | "failed":
            return f"The delivery {_OUTCOMES[history.state]}: {_reason(history)}."
        case "published":
            return _of_commands(history)
    return "Accepted, but not published yet; Shopify delivers it again if that stays so."


def next_step(history: History) -> str:
    """Say what to do about it; empty where nothing is left to do."""
    if history.state in ("parked", "failed"):
        name = f"{history.event_id}#{history.delivery['row']}"
        return _MEND.get(_reason(history), f"shopbridge parked resume '{name}'")
    for end in _worst_first(history):
        match end.outcome:
            case "failed" | "parked":
                return _MEND.get(end.reason, f"shopbridge parked resume '{end.id}'")
            case "waiting":
                return f"shopbridge trace {history.event_id}"
            case "unidentified":
                return "shopbridge settings get primary_key"
    return ""


def _of_commands(history: History) -> str:
    if not history.ends:
        return "Accepted; it asks for nothing to be done."
    done = [end for end in history.ends if end.outcome in ("delivered", "duplicate", "unchanged")]
    if len(done) == len(history.ends):
        return f"All done: {_listed(history)}."
    return f"{len(done)} of {len(history.ends)} done: {_listed(history)}."


def _listed(history: History) -> str:
    return "; ".join(_told(end) for end in _worst_first(history))


def _told(end: End) -> str:
    reason = f" ({end.reason})" if end.reason else ""
    return f"{end.label if end.kind == 'RecordActivity' else end.kind} {_told_outcome(end)}{reason}"


def _told_outcome(end: End) -> str:
    return f"is {end.outcome}, {_OUTCOMES[end.outcome]}" if _needs_words(end) else "delivered"


def _needs_words(end: End) -> bool:
    return end.outcome != "delivered"


def _worst_first(history: History) -> list[End]:
    remaining, ordered = list(history.ends), []
    while remaining:
        outcome = worst([end.outcome for end in remaining])
        ordered += [end for end in remaining if end.outcome == outcome]
        remaining = [end for end in remaining if end.outcome != outcome]
    return ordered


def _reason(history: History) -> str:
    return str(history.delivery.get("reason", ""))
