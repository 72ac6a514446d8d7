"""Reading one parameter."""

import msgspec

from shopbridge.aws.endpoint import Endpoint, Session


class Ssm:
    """
    The one call that a topic function makes at init, for its client secrets.

    Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
    """

    def __init__(self, session: Session) -> None:
        self._endpoint = Endpoint(session, "ssm", session.url("ssm"))

    def get_parameter(self, name: str) -> str:
        """Return the decrypted value; AwsRejected `ParameterNotFound` if there is none."""
        answer = self._endpoint.json(
            "AmazonSSM.GetParameter", "1.1", {"Name": name, "WithDecryption": True}
        )
        value: str = msgspec.json.decode(answer)["Parameter"]["Value"]
        return value
