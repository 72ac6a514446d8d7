"""
Reads slices by bulk operations: Shopify writes a file, we fetch it and read it line by line.

    planned ─▶ asked ─▶ running ─▶ fetching ─▶ reading ─▶ done
       ▲                   │           │          │
       └── failed, or its result is not whole ◀───┘──▶ given up: its slices are read by pages

An operation covers neighbouring slices of one stream. What is read goes the way of pages:
ids, ledger, lane, checkpoint; and each slice is settled and verified as if pages had read it.
"""
