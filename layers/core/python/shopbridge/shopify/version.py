"""The one version of Shopify's Admin API that everything here is written for."""

from datetime import date

API_VERSION = "2026-10"
"""Supported by Shopify until 2027-10-01."""


def supported_until(version: str = API_VERSION) -> date:
    """Return the day on which Shopify stops serving `version`: a year after its first."""
    year, _, month = version.partition("-")
    return date(int(year) + 1, int(month), 1)
