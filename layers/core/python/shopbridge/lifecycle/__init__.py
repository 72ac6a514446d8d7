"""What becomes of a store: renamed, granted more or less, left."""
