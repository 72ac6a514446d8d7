"""Which queue carries which kinds of command."""

KINDS = {
    "activities": ("RecordActivity",),
    "contacts": ("RefreshContact",),
    "consents": ("ChangeConsent",),
    "catalogue": ("RefreshProduct",),
    "lifecycle": ("UpdateShop", "Uninstall", "NoteScopes"),
    "privacy": ("ExportPerson",),
}
"""Lane to kinds; a message may hold more than its lane's."""
