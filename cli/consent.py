"""`shopbridge trace consent`: what somebody said about marketing, and where we heard it."""

from rich.text import Text

from cli.answer import Ending, ended, show
from cli.deployment import Deployment
from cli.tables import console, plain
from shopbridge.consents.carried import CHANNELS
from shopbridge.consents.telling import Word, verdict, words


def consent(deployment: Deployment, store: str, customer: str, *, as_json: bool) -> None:
    """Print the words of one customer, oldest first, and what they come to."""
    row = deployment.contacts(store).get([customer])[customer]
    said = {channel: words(row, channel) for channel in CHANNELS}
    if not any(said.values()):
        raise ended(Ending.FINDINGS, f"customer {customer} of {store} said nothing that we know of")
    verdicts = [verdict(row, channel) for channel in CHANNELS if said[channel]]
    if as_json:
        told = [_told(word) for some in said.values() for word in some]
        show(
            {"store": store, "customer": customer, "history": told, "verdicts": verdicts},
            as_json=True,
        )
        return
    paper = console()
    lines = sorted((word for some in said.values() for word in some), key=lambda word: word.at)
    paper.print(plain((word.at, word.channel, word.state, word.how) for word in lines))
    for line in verdicts:
        paper.print(Text(line))


def _told(word: Word) -> dict[str, str]:
    return {
        "at": word.at,
        "channel": word.channel,
        "state": word.state,
        "source": word.source,
        "how": word.how,
    }
