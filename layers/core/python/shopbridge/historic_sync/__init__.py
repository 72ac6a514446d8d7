"""
The past of a store, carried over once: planned, read, sent, and proved to be complete.

    plan ─▶ read ─▶ settle ─▶ verify ─▶ finish
             ▲                  │
             └── what is missing┘

A run has slices: windows of `created_at` of one stream. Each slice keeps its own cursor and
its own list of ids, so that a run goes on wherever it was killed.
"""
