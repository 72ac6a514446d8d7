"""What our metrics are called, whoever writes them: alarms ask for these names."""

from typing import Final

NAMESPACE: Final = "Shopbridge"
SERVICE: Final = "shopbridge"
"""The dimension that Powertools gives the workers' metrics; one alarm watches both."""
