"""The price's benchmark runs the real functions: it stops working where they change beside it."""

import json
import subprocess
import sys


def test_a_short_stream_is_counted_without_surprises() -> None:
    """Sixty deliveries go through all functions, answered as they should be."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.price", "--webhooks", "60"],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr.decode()[-2000:]
    told = json.loads(run.stdout)
    requests = {part: amount for part, unit, amount in told["used"] if unit == "lambda request"}
    assert (told["webhooks"], told["surprises"]) == (60, 0)
    assert requests["topic functions"] == 60
    assert {"worker activities", "worker contacts", "counters"} <= requests.keys()
