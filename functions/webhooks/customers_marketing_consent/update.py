"""customers_marketing_consent/update: changes the contact's consent to text messages."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.consent import SmsConsent
from shopbridge.stores.profile import Profile
from shopbridge.translate import consents


def translate(body: SmsConsent, store: Profile) -> Commands:
    """What a yes or no to text messages means, at the time it was said."""
    said = body.sms_marketing_consent
    yield consents.sms(body.id, said.state, said.consent_updated_at, body.phone)


handler = Webhook("customers_marketing_consent/update", SmsConsent, translate)
