"""A store's products as feed rows, kept current from Shopify."""
