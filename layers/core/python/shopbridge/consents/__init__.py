"""Who may be written to: what people said, which of it stands, and that Netcore knows."""
