"""
A historic sync of a million customers, on a clock that jumps: our own tasks, a store of arithmetic.

`clock` and `store` are Shopify, `cloud` is AWS, `plan` lets the tasks work, `figure` adds up.
`whole` and `carried` work for real, with both simulators; `turns`, `beside` and `delay` let live
events run beside it, on a clock that passes only where somebody waits.
"""
