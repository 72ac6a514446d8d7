"""Verifies each slice against Shopify; what is missing is read again, twice at most."""

from shopbridge.historic_sync.reading import REREADS, is_to_read
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.step import AGAIN, DONE, MORE, Desk, Step
from shopbridge.historic_sync.verification import Verdict, ended, judge, needs_listing


def verify(desk: Desk) -> Step:
    """Verify the slices that have settled; `again` where one is to be read once more."""
    for one in desk.runs.slices(desk.run):
        if one.state != "settled":
            continue
        if desk.is_late():
            return MORE
        _verify(desk, one)
    is_left = any(is_to_read(one, desk) for one in desk.runs.slices(desk.run))
    return AGAIN if is_left else DONE


def _verify(desk: Desk, one: Slice) -> None:
    reader, window = desk.reader_of(one), Window(one.since, one.until)
    made, counted = desk.manifests.made(one), reader.count(window)
    listed = set(reader.ids(window)) if needs_listing(one, counted, made.keys()) else None
    verdict = judge(counted, made.keys(), ended(made, desk.ledger.ends(one)), listed)
    if verdict.may_help and one.rereads < REREADS:
        desk.runs.save(
            one,
            state="reading",
            reader="pages",
            cursor=None,
            counted=counted,
            rereads=one.rereads + 1,
        )
        return
    _conclude(desk, one, counted, verdict)


def _conclude(desk: Desk, one: Slice, counted: int, verdict: Verdict) -> None:
    if verdict.gaps:
        desk.manifests.note_gaps(one, verdict.gaps)
    desk.runs.save(one, state="verified", counted=counted, gaps=len(verdict.gaps))
