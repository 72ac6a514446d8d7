"""Shopify's OAuth endpoints: grants, tokens that end, refresh tokens that are used once."""
