"""The mutation root: what an app may write into a store."""

from collections.abc import Mapping

from local.store.admin import consents, profiles, storefront, subscriptions
from local.store.admin.call import Root

MUTATIONS: Mapping[str, Root] = {
    "customerEmailMarketingConsentUpdate": consents.update_email_consent,
    "customerSmsMarketingConsentUpdate": consents.update_sms_consent,
    "customerSet": profiles.set_customer,
    "customerCreate": profiles.create_customer,
    "customerUpdate": profiles.update_customer,
    "tagsAdd": profiles.add_tags,
    "tagsRemove": profiles.remove_tags,
    "webhookSubscriptionCreate": subscriptions.create,
    "webhookSubscriptionUpdate": subscriptions.update,
    "webhookSubscriptionDelete": subscriptions.delete,
    "webPixelCreate": storefront.create_pixel,
    "webPixelUpdate": storefront.update_pixel,
    "metafieldsSet": storefront.set_metafields,
}
