"""
Bulk operations as Shopify runs them: queries that take minutes and answer with a file.

`selections` says what Shopify accepts as an inner query, `export` executes one, `operation`
is one that runs, `operations` are those of a store, `route` serves their results.
"""
