"""Shared code of every Lambda in `functions/`; deployed as the layer `core`."""

__version__ = "0.1.0"
