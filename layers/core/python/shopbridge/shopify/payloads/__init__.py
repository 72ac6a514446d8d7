"""The fields of Shopify's webhook bodies that mappings use; all others are skipped."""
