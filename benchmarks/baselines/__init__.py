"""What the figures are compared with: the same jobs, done the usual way and done well."""
