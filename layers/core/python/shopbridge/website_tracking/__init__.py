"""Website tracking: events that the storefront tells, and whose they turn out to be."""
