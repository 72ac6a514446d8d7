"""
Stands in for Netcore CE where the real one must not be called: on one machine and in tests.

It takes the calls that Shopbridge makes, enforces the limits that Netcore documents, answers
with Netcore's own odd bodies, keeps what it accepted (`GET /_received`, `GET /_state`) and
misbehaves on request (`POST /_faults`). What Netcore's documentation leaves open is decided
here to the strict side and said so where it is decided.
"""
