"""The `shopbridge` command: one module per verb."""
