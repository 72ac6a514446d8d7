"""The one version of Shopify's Admin API that everything here is written for."""

API_VERSION = "2026-10"
"""Supported by Shopify until 2027-10-01."""
