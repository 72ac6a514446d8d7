"""The settings API: one shell around Powertools' resolver, and the resources behind it."""
