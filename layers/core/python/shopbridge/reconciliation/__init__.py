"""
What live events missed, found once a day and mended: first the connection, then the data.

    connection ─▶ customers, products ─▶ difference ─▶ report ─▶ repair
       │             changed since the watermark           (the ordinary commands,
       └─ token, scopes, subscriptions, version, queues     history lane, capped)
"""
