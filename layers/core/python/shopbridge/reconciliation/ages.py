"""How long the oldest message of each lane waits, as CloudWatch has measured it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

BACK: Final = timedelta(minutes=15)
"""SQS measures every few minutes; a lane that is empty for long is not measured at all."""
PERIOD: Final = 300


class Measured(Protocol):
    """boto3's client of CloudWatch."""

    def get_metric_data(self, **asked: Any) -> Any:
        """Return what was measured."""


def ages(cloudwatch: Measured, queues: Mapping[str, str], now: datetime) -> dict[str, timedelta]:
    """Return the newest age by lane; `queues` are names or URLs. What is idle is left out."""
    lanes = list(queues)
    queries: Any = [_query(number, queues[lane]) for number, lane in enumerate(lanes)]
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=queries, StartTime=now - BACK, EndTime=now, ScanBy="TimestampDescending"
    )
    return {
        lanes[int(one["Id"][1:])]: timedelta(seconds=one["Values"][0])
        for one in answer["MetricDataResults"]
        if one.get("Values")
    }


def _query(number: int, queue: str) -> dict[str, Any]:
    name = queue.rpartition("/")[2]
    metric = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{"Name": "QueueName", "Value": name}],
    }
    stat = {"Metric": metric, "Period": PERIOD, "Stat": "Maximum"}
    return {"Id": f"q{number}", "MetricStat": stat}
