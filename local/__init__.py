"""The embedded default: the whole system on one machine, offline, for development and tests."""
