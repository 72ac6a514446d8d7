"""POST /collect: takes events of websites where Netcore's own script cannot run."""

from shopbridge.entry.collect import Collect
from shopbridge.entry.webhook import Webhook
from shopbridge.website_tracking.collected import Collected
from shopbridge.website_tracking.meaning import held
from shopbridge.website_tracking.names import TOPIC

handler = Collect(Webhook(TOPIC, Collected, held, archived=False))
