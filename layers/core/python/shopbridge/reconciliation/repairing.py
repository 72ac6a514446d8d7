"""
Sends the commands that mend what was found, through the history lanes.

A repair stands in the ledger as a run of its own with slices for each stream, so that
`report` balances and `trace` tells where a command came from.
"""

from collections import defaultdict
from collections.abc import Sequence

from shopbridge.commands import kind
from shopbridge.historic_sync.chunks import Numbered, chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.numbering import number
from shopbridge.historic_sync.run import Run, Slice
from shopbridge.lanes import HISTORY
from shopbridge.message import write
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.seen import Compared, Seen


def send(desk: Desk, run: Run, compared: Compared, found: Sequence[Seen]) -> None:
    """
    Send what repairs `found`; done twice it makes the same rows.

    Raises:
        NotSent: SQS refused some; nothing is marked as mended.
    """
    by_kind: dict[str, list[Numbered]] = defaultdict(list)
    for seen in found:
        for place, command in seen.repair.items():
            by_kind[kind(command)].append((number(seen.id, place), command))
    ledger = desk.repairs(run)
    for position, (name, commands) in enumerate(sorted(by_kind.items()), 1):
        one = _slice(desk, run, compared, position, len(commands))
        desk.runs.add([one])  # by it an erasure finds what the ledger has of somebody
        ledger.made(one, name, len(commands), desk.now())
        desk.lanes.send(HISTORY[name], [_text(run, one, chunk) for chunk in chunks(commands)])


def _slice(desk: Desk, run: Run, compared: Compared, position: int, counted: int) -> Slice:
    """One for each kind of command: a slice's row counts what was made of one kind."""
    return Slice(
        run=run.id,
        stream=compared.stream,
        number=position,
        since=compared.span.since,
        until=compared.span.until,
        received_at=desk.now(),
        counted=counted,
    )


def _text(run: Run, one: Slice, chunk: Sequence[Numbered]) -> str:
    numbers, commands = zip(*chunk, strict=True)
    return write(head_of(run, one, commands, numbers), b"")
