"""A store's bulk operations: up to five run at once, and each tells when it has ended."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from local.store.bulk.batch import Batch
from local.store.bulk.operation import KEPT, UNDER_WAY, Operation, Speed
from local.store.faults import Fault
from local.store.life import Happening
from local.store.resources import Change

MOST = 5
"""Query operations of one app in one store at once, from API 2026-01 on; set by Shopify."""
_FIRST = 4611_0000
_FINISH = "bulk_operations/finish"


@dataclass
class Operations:
    """Those of one store; `now` is its clock, and `origin` where its results are served."""

    shop: str
    secret: str
    now: Callable[[], datetime]
    uuid: Callable[[], str]
    fault: Callable[[str], Fault | None]
    speed: Speed
    origin: str = ""
    all: dict[str, Operation] = field(default_factory=dict)
    happened: list[Happening] = field(default_factory=list)
    """Ends that nobody was told of yet."""

    def run(self, query: str, batches: Iterator[Batch]) -> Operation | None:
        """Begin an operation; None where five are under way."""
        self.look()
        if sum(each.status in UNDER_WAY for each in self.all.values()) >= MOST:
            return None
        gid = f"gid://shopify/BulkOperation/{_FIRST + len(self.all)}"
        made = Operation(gid, query, self.now(), batches, self.speed, self.fault(query))
        self.all[gid] = made
        return made

    def cancel(self, gid: str) -> bool:
        """Begin to cancel; False where there is nothing to cancel."""
        found = self.all.get(gid)
        return bool(found and found.cancel(self.now()))

    def look(self) -> None:
        """Let everything go on until now."""
        for each in self.all.values():
            if each.look(self.now()) and each.does != "bulk_unheard":
                self.happened.append(self._finished(each))

    def address(self, gid: str) -> str:
        """Sign where a result lies, for seven days from its end."""
        ended = self.all[gid].ended or self.now()
        expires = str(round((ended + KEPT).timestamp()))
        name = gid.rpartition("/")[2]
        told = urlencode({"Expires": expires, "Signature": self._signature(name, expires)})
        return f"{self.origin}/_bulk/{self.shop}/{name}.jsonl?{told}"

    def serves(self, name: str, expires: str, signature: str) -> Operation | None:
        """Return what is asked for under a signed address; None where it is forged or unknown."""
        if not hmac.compare_digest(signature, self._signature(name, expires)):
            return None
        return self.all.get(f"gid://shopify/BulkOperation/{name}")

    def _signature(self, name: str, expires: str) -> str:
        text = f"{self.shop}/{name}/{expires}".encode()
        return hmac.digest(self.secret.encode(), text, hashlib.sha256).hex()

    def _finished(self, ended: Operation) -> Happening:
        told = ended.told(self.address)
        body = {
            "admin_graphql_api_id": ended.id,
            "completed_at": told["completedAt"],
            "created_at": told["createdAt"],
            "error_code": ended.error.lower() if ended.error else None,
            "status": ended.status.lower(),
            "type": "query",
        }
        at = self.now().strftime("%Y-%m-%dT%H:%M:%S.%f000Z")
        return Happening("bulk", self.uuid(), at, (Change(_FINISH, ended.id, body),), {})
