"""One row per store: settings, compiled profile, connection."""
