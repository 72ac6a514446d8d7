"""How long a message rests before it is tried again."""

import random

FIRST_SECONDS = 5
LONGEST_SECONDS = 900
"""SQS would take twelve hours; a quarter keeps recovery prompt."""


def seconds(message_id: str, receives: int) -> int:
    """
    Return between 1 second and `5 * 2^(receives - 1)`, at most 15 minutes.

    Full jitter, drawn from the message id: repeated work gets the same answer, and a
    burst that failed together does not come back together.
    """
    ceiling = min(LONGEST_SECONDS, FIRST_SECONDS << min(max(receives, 1) - 1, 10))
    draw = random.Random(f"{message_id}#{receives}").random()
    return max(1, round(ceiling * draw))
