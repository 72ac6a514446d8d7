"""The Admin GraphQL API of simulated stores: Shopify's own schema over a world in memory."""
