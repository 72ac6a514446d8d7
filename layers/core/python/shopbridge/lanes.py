"""Which queue carries which kinds of command."""

KINDS = {
    "activities": ("RecordActivity",),
    "contacts": ("RefreshContact", "SendContact"),
    "consents": ("ChangeConsent",),
    "catalogue": ("RefreshProduct",),
    "checkouts": ("WatchCheckout", "CloseCheckout"),
    "lifecycle": ("UpdateShop", "Uninstall", "NoteScopes"),
    "to_shopify": ("Unsubscribe", "FillCustomer"),
    "privacy": ("ErasePerson", "EraseStore", "ExportPerson"),
}
"""Lane to kinds; a message may hold more than its lane's."""
