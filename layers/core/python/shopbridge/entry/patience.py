"""How long boto3 waits for AWS in a function."""

from botocore.config import Config

PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
"""A worker lives 60 s; boto3 would wait that long for a single answer."""

LINKS = PATIENCE.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
"""
For a client that signs URLs: KMS serves no older signature, and the bucket's host without its
region redirects, which breaks the signature.
"""
