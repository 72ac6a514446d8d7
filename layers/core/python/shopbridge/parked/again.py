"""Hands a delivery to its topic's function once more, as a replay."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shopbridge.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class NoFunction(Rejected):
    """No deployed function serves this topic."""


class NotAccepted(Unavailable):
    """The topic's function failed on the delivery."""


class Again:
    """Invokes topic functions; `functions` names them by topic."""

    def __init__(self, lambda_: "LambdaClient", functions: Mapping[str, str]) -> None:
        self._lambda = lambda_
        self._functions = functions

    def deliver(self, topic: str, text: str) -> str:
        """
        Deliver the message `text` under its old identity; return what became of it.

        Raises:
            NoFunction: the topic is not deployed.
            NotAccepted: its function raised.
        """
        if topic not in self._functions:
            raise NoFunction(f"no function serves {topic}")
        answer = self._lambda.invoke(
            FunctionName=self._functions[topic], Payload=json.dumps({"replay": text}).encode()
        )
        told = json.loads(answer["Payload"].read() or b"{}")
        if "FunctionError" in answer:
            raise NotAccepted(f"{topic}: {told.get('errorType', answer['FunctionError'])}")
        return str(told.get("outcome", ""))
