"""POST /collect: takes events of websites where Netcore's own script cannot run."""

from shopbridge.entry.collect import Collect
from shopbridge.website_tracking.meaning import held

handler = Collect(held)
