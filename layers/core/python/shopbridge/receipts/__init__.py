"""Proof that an effect was accepted outside, by effect key, without expiry."""
