"""From Netcore to Shopify: unsubscribes and profiles, read, believed and carried out."""
