"""Logs an exception by its kind and place: its text may quote a payload."""

import traceback
from pathlib import PurePath

from aws_lambda_powertools import Logger

logger = Logger()

FRAMES = 8
"""Places that are named, the innermost last."""


def tell(message: str, exc: BaseException, **keys: str) -> None:
    """Write one line about `exc`."""
    frames = traceback.extract_tb(exc.__traceback__)[-FRAMES:]
    places = [f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    logger.error(message, extra={**keys, "error": type(exc).__name__, "places": places})
