"""Shopify's side: deliveries, payloads, Admin API."""
