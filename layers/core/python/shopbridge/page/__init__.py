"""The merchant's page: its words, templates and assets; nothing here asks AWS or Shopify."""
