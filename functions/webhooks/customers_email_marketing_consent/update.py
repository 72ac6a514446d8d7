"""customers_email_marketing_consent/update: changes the contact's consent to e-mail."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.consent import EmailConsent
from shopbridge.stores.profile import Profile
from shopbridge.translate import consents


def translate(body: EmailConsent, store: Profile) -> Commands:
    """What a yes or no to e-mail means, at the time it was said."""
    said = body.email_marketing_consent
    yield consents.email(body.customer_id, said.state, said.consent_updated_at, body.email_address)


handler = Webhook("customers_email_marketing_consent/update", EmailConsent, translate)
