"""Activities on their way to Netcore: who they belong to, and that they arrive once."""
