"""
A historic sync of a million customers, on a clock that jumps: our own tasks, a store of arithmetic.

`clock` and `store` are Shopify, `cloud` is AWS, `plan` lets the tasks work, `figure` adds up.
"""
