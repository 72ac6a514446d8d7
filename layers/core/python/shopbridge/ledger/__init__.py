"""One row for every delivery and every command: what became of it, and when."""
