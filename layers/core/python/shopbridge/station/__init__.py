"""What every worker is given: stores, outcomes, the time that is left, and how to tell trouble."""
