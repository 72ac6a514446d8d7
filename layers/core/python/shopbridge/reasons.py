"""Why something is parked or was not sent; one text each, for ledger, page and runbook."""

STORE_UNKNOWN = "store unknown"
"""No such store installed the app; resumed when it does."""

NOT_ENABLED = "not enabled"
"""The merchant has not pressed Enable; resumed when they do."""

NOT_CONFIGURED = "list id or notify e-mail missing"
"""Netcore's batch call insists on both; resumed when they are saved."""

PAUSED = "paused"
"""Everything is paused for this store; resumed with it."""

KEY_REFUSED = "netcore key refused"
"""Netcore does not accept the store's API key; resumed when a new one is saved."""

REAUTHORISE = "re-authorise: Shopify refuses our tokens"
"""The merchant has to open the app again; resumed when they do."""

SCOPE_MISSING = "re-authorise: a scope is missing"
"""What this needs was never granted, or withdrawn; resumed when it is granted."""

UNBLOCK_NEEDED = "unblock needed"
"""Subscribed again, but Netcore has no call that lifts a blacklisting."""

BEFORE_INSTALL = "before this install"
"""Triggered before the merchant granted access: belongs to an earlier install."""

WRONG_STORE = "the body names another store than the header"
"""Only the body is signed: somebody shows one store's delivery as another's."""

IMPOSSIBLE_TIME = "impossible time"
"""Dated before Shopify existed."""

SWITCHED_OFF = "switched off when it happened"
"""The setting was off at the time; stays unsent for good."""

NOBODY = "no identifier for the store's primary key"
"""A guest, or a body without customer: there is no contact to attach it to."""

GONE = "deleted in Shopify"
"""Shopify no longer has the customer or product."""

GAVE_UP = "given up after too many tries"
"""Its queue handed it out as often as it may; the worker's log says what failed."""

FUNCTION_FAILED = "its function failed to the end"
"""The topic's function raised on every try that Lambda makes."""

NOT_HANDED_OVER = "EventBridge could not hand it over"
"""The event never reached its topic's function."""

UNREADABLE = "not a message of ours"
"""Kept as it came; nothing can be said about it."""

ERASED = "erased at the customer's request"
"""Nothing brings somebody back who was to be forgotten, neither a replay nor history."""

NOT_AT_NETCORE = "erased here; at Netcore it has to be asked for in the panel"
"""Without the store's key nothing can be erased there: the app is removed, or no key was saved."""

INSTALLED_AGAIN = "the app was installed again"
"""A late order to forget a store: what it was about has ended, what is there is newer."""

NEWER_WORD = "something newer was said"
"""The customer's consent is known as of a later time."""

ORDERED = "an order came first"
"""The checkout was completed: nothing is waited for."""

NEWER_STATE = "a newer state of it is known"
"""Shopify delivers in no order; what arrived late has been overtaken."""

TOO_LATE = "too late to be worth telling"
"""More than a day has passed since it was due: Netcore starts no journey for it."""

TOLD_BEFORE = "told before"
"""Once per checkout, whatever becomes of it afterwards."""

NO_CUSTOMER = "no such customer in Shopify"
"""Neither primary key nor e-mail nor phone leads to anybody in the store."""

NO_ADDRESS = "the customer has no address for this channel"
"""Shopify keeps consent beside an address; without one there is nothing to say no to."""

UNKNOWN_SHAPE = "a body of a shape that is not known"
"""It came with the store's secret, so it is kept; see docs/to-shopify.md for what is read."""

ECHO = "Netcore's echo of our own blacklisting"
"""A journey that starts when somebody is blocked tells us what we told Netcore."""
