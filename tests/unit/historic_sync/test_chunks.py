"""How commands are put into messages, and messages into calls."""

from datetime import UTC, datetime

import msgspec

from shopbridge.commands import SendContact
from shopbridge.historic_sync.chunks import ROOM, Numbered, chunks
from shopbridge.historic_sync.lane import LARGEST, batches

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def command(number: int, size: int = 1) -> Numbered:
    """Make a contact with a note of `size` characters."""
    return number, SendContact(str(number), msgspec.Raw(b'{"note":"%s"}' % (b"x" * size)), NOON)


def test_message_holds_twenty_five_commands() -> None:
    """Sixty small ones are three messages, in their order."""
    found = [[n for n, _ in chunk] for chunk in chunks([command(n) for n in range(60)])]

    assert [len(numbers) for numbers in found] == [25, 25, 10]
    assert [number for numbers in found for number in numbers] == list(range(60))


def test_message_stays_below_the_limit_of_sqs() -> None:
    """Three of which two fill a message are two messages."""
    large = ROOM // 2 - 200

    found = [len(chunk) for chunk in chunks([command(n, large) for n in range(3)])]

    assert found == [2, 1]


def test_call_holds_ten_messages_or_what_fits() -> None:
    """Twelve small messages are two calls; large ones go alone."""
    small, large = ["x"] * 12, ["x" * (LARGEST - 10)] * 2

    assert [len(batch) for batch in batches(small)] == [10, 2]
    assert [len(batch) for batch in batches(large)] == [1, 1]
