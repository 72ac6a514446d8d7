"""Netcore's side: hosts, client, wire forms, batches."""
