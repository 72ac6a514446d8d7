"""Checkouts that nobody completes: watched, closed by orders, told once when their time is over."""
