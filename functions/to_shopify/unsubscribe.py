"""Serves the link in a mail by which somebody unsubscribes, and a mail program's one click."""

from shopbridge.entry.ingest import from_environment
from shopbridge.entry.unsubscribing import Unsubscribing

handler = Unsubscribing(from_environment)
