"""How long boto3 waits for AWS in a function."""

from botocore.config import Config

PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
"""A worker lives 60 s; boto3 would wait that long for a single answer."""
