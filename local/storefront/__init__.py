"""A small simulated storefront: a theme, a cart and a checkout, with our two extensions in it."""
