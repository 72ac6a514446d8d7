"""The shells: the only place that knows Lambda."""
