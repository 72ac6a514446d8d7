"""An operator's word that Netcore's panel no longer blocks a contact who subscribed again."""

from shopbridge import message
from shopbridge.commands import ChangeConsent
from shopbridge.contacts.repository import Contacts
from shopbridge.parked.listing import Open, Parked


def unblocked(one: Open, parked: Parked, contacts: Contacts) -> None:
    """
    Note that the contact of `one` was unblocked by hand; resuming then ends it.

    Raises:
        ContentGone: what was kept of it has been deleted.
        InvalidPayload: it is not a message of ours.
    """
    for command in message.read_head(parked.content(one)).commands:
        if isinstance(command, ChangeConsent):
            contacts.lift(command.customer_id)
