"""
Sends the commands that mend what was found, through the history lanes.

A repair stands in the ledger as a run of its own with a slice for each stream, so that
`report` balances and `trace` tells where a command came from.
"""

from collections import defaultdict
from collections.abc import Sequence

from shopbridge.commands import Command, kind
from shopbridge.historic_sync.chunks import Numbered, chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.run import Run, Slice
from shopbridge.lanes import HISTORY
from shopbridge.message import write
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.seen import Seen


def send(desk: Desk, run: Run, one: Slice, found: Sequence[Seen]) -> None:
    """
    Send what repairs `found`; done twice it makes the same rows.

    Raises:
        NotSent: SQS refused some; nothing is marked as mended.
    """
    numbered = [(int(seen.id), command) for seen in found for command in seen.repair]
    ledger = desk.repairs(run)
    by_kind: dict[str, list[Numbered]] = defaultdict(list)
    for number, command in numbered:
        by_kind[kind(command)].append((number, command))
    for name, commands in by_kind.items():
        ledger.made(one, name, len(commands), desk.now())
        desk.lanes.send(HISTORY[name], [_text(run, one, chunk) for chunk in chunks(commands)])


def _text(run: Run, one: Slice, chunk: Sequence[tuple[int, Command]]) -> str:
    ids, commands = zip(*chunk, strict=True)
    return write(head_of(run, one, commands, ids), b"")
