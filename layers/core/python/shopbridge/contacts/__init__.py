"""One row per customer: what Netcore was sent last, and what the customer last said."""
