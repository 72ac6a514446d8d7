"""Which queue carries which kinds of command."""

KINDS = {
    "activities": ("RecordActivity",),
    "contacts": ("RefreshContact", "SendContact"),
    "consents": ("ChangeConsent",),
    "catalogue": ("RefreshProduct",),
    "checkouts": ("WatchCheckout", "CloseCheckout", "TouchCart"),
    "lifecycle": ("UpdateShop", "Uninstall", "NoteScopes", "NoteBulkOperation"),
    "to_shopify": ("Unsubscribe", "FillCustomer"),
    "website-tracking": ("HoldActivity", "KnowVisitor", "ConfigureStorefront"),
    "privacy": ("ErasePerson", "EraseStore", "ExportPerson"),
}
"""Lane to kinds; a message may hold more than its lane's."""

SINGLE = frozenset({"checkouts"})
"""Lanes that take also what was read: history starts no timers, reconciliation few."""

HISTORY = {
    kind: lane if lane in SINGLE else f"{lane}-history"
    for lane, kinds in KINDS.items()
    for kind in kinds
}
"""Kind to the lane of what was read and not sent to us."""
LANES = frozenset({*KINDS, "archive", *(f"{lane}-history" for lane in KINDS)})
"""Every name that a lane may have; some have no second one."""
