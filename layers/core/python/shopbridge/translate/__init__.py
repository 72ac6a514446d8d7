"""From Shopify's payloads to commands. Pure: no clock, no network, no environment."""
