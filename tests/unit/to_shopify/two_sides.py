"""Shopify and Netcore in memory, and our own workers between them; nothing is left out but AWS."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from shopbridge.commands import (
    ChangeConsent,
    Command,
    ConsentState,
    FillCustomer,
    Identity,
    RefreshContact,
    Unsubscribe,
)
from shopbridge.consents import delivery as consents
from shopbridge.consents.settle import Settling
from shopbridge.contacts import delivery as contacts
from shopbridge.contacts.adding import Panel as PanelSettings
from shopbridge.contacts.refresh import Refresh
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.row import Row
from shopbridge.contacts.sending import Sender
from shopbridge.message import Head
from shopbridge.moments import dated
from shopbridge.shopify.readers import Reader
from shopbridge.shopify.verdict import Answer
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Netcore, Settings, ToShopify
from shopbridge.stores.store import Store
from shopbridge.to_shopify import delivery as to_shopify
from shopbridge.work import Item, Later, Result
from tests.unit.shopify.admin import customer

START: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUBSCRIPTION: Final = "SH_EMAIL_SUBSCRIPTION_VAPID_STORE"
WORDS: Final[dict[ConsentState, str]] = {
    "subscribed": "Subscribed",
    "unsubscribed": "Unsubscribed",
    "not_subscribed": "Not Subscribed",
}


class Crash(BaseException):
    """The worker's process dies."""


@dataclass
class Pending:
    """A message on its way to a worker, because of which action, and how often it was tried."""

    command: Command
    action: int
    receives: int = 0


@dataclass
class Outside:
    """Counts calls on the outside, and lets the process die at one of them."""

    calls: int = 0
    dies_at: int = 0
    after: bool = False

    def call(self, act: Callable[[], Any]) -> Any:
        """Make one call."""
        self.calls += 1
        dies = self.calls == self.dies_at
        if dies and not self.after:
            raise Crash
        answer = act()
        if dies:
            raise Crash
        return answer


class Memory(Contacts):
    """Our rows, under the same conditions as in DynamoDB."""

    def __init__(self, outside: Outside) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self._outside = outside

    def get(self, customers: Iterable[str]) -> dict[str, Row]:
        """Read rows."""
        return {one: Row(one, dict(self.rows.get(one, {}))) for one in customers}

    def _update(
        self,
        row: Row,
        changes: Mapping[str, Any],
        expected: Iterable[str],
        *,
        newer: str | None = None,
        remove: str = "",
    ) -> Row | None:
        return self._outside.call(  # type: ignore[no-any-return]  # what the lambda returns
            lambda: self._written(row, changes, list(expected), newer, remove)
        )

    def _written(
        self,
        row: Row,
        changes: Mapping[str, Any],
        expected: Sequence[str],
        newer: str | None,
        remove: str,
    ) -> Row | None:
        held = self.rows.setdefault(row.customer, {})
        if any(held.get(name) != row.item.get(name) for name in expected):
            return None
        if newer is not None and held.get("version", "") >= newer:
            return None
        held.update(changes)
        held.pop(remove, None)
        return Row(row.customer, dict(held))


@dataclass
class TwoSides:
    """One store between both systems, its messages under way, and every word that was said."""

    settings: Settings = field(
        default_factory=lambda: Settings(
            netcore=Netcore(website_id="1", list_id=5, notify_email="o@example.com"),
            to_shopify=ToShopify(profiles=True, conflicts="newest"),
        )
    )

    def __post_init__(self) -> None:
        self.now = START
        self.actions = 0
        self.action = 0
        self.pending: list[Pending] = []
        self.writes: Counter[tuple[int, str, str]] = Counter()
        self.echo_writes: list[str] = []
        self.customers: dict[str, dict[str, Any]] = {}
        self.attributes: dict[str, dict[str, Any]] = {}
        self.blacklist: set[str] = set()
        self.unblock: set[str] = set()
        self.words: dict[str, list[tuple[datetime, str]]] = {}
        self.outside = Outside()
        self.rows = Memory(self.outside)
        profile = Profile(store="vapid-store.myshopify.com", epoch=1, installed_at=START)
        self.store = Store(
            name=profile.store,
            version=1,
            epoch=1,
            installed_at=START - timedelta(days=1),
            status="enabled",
            settings=self.settings,
            profile=profile,
        )

    # What people do. Each is one action; it changes its own side and puts what that tells us on
    # the way.

    def registers(self, id_: str) -> None:
        """Somebody becomes a customer, never asked about marketing, and reaches Netcore."""
        email = {"emailAddress": f"c{id_}@example.com", "marketingState": "NOT_SUBSCRIBED"}
        address = {**email, "marketingUpdatedAt": None}
        self.customers[id_] = customer(
            id_, firstName="Ada", tags=[], defaultEmailAddress=address, updatedAt=_text(self.now)
        )
        self.words[id_] = []
        self._acts()
        self._tell(RefreshContact(id_))
        self.drain()

    def says_in_shopify(self, id_: str, state: ConsentState) -> None:
        """Somebody subscribes or unsubscribes in the store."""
        self._acts()
        self._consent(id_, state, self.now)
        self.words[id_].append((self.now, state))

    def unsubscribes_at_netcore(self, id_: str) -> None:
        """Somebody clicks in a mail of Netcore's, which tells when that was."""
        self._acts()
        self.words[id_].append((self.now, "unsubscribed"))
        self._tell(Unsubscribe(Identity(id_), "email", self.now, "email_api"))

    def unsubscribes_by_link(self, id_: str) -> None:
        """Somebody uses our page."""
        self._acts()
        self.words[id_].append((self.now, "unsubscribed"))
        self._tell(Unsubscribe(Identity(id_), "email", self.now, "one_click"))

    def ticks_a_box(self, id_: str) -> None:
        """Somebody subscribes by a form of Netcore's."""
        self._acts()
        self.words[id_].append((self.now, "subscribed"))
        self._tell(FillCustomer(Identity(id_), subscribes=("email",), at=self.now))

    def renames_at_netcore(self, id_: str, name: str) -> None:
        """Somebody gives another name in a web message."""
        self._acts()
        self.attributes.setdefault(id_, {})["FIRSTNAME"] = name
        self._tell(FillCustomer(Identity(id_), first_name=name, at=self.now))

    def renames_in_shopify(self, id_: str, name: str) -> None:
        """Somebody changes their name in the store."""
        self._acts()
        self.customers[id_] |= {"firstName": name, "updatedAt": _text(self.now)}
        self._tell(RefreshContact(id_))

    # What becomes of messages.

    def deliver(self, number: int, *, dies_at: int = 0, after: bool = False) -> None:
        """Hand one message to its worker; it stays where the worker dies or puts it off."""
        one = self.pending.pop(number)
        one.receives += 1
        self.action, before = one.action, sum(self.writes.values())
        rows = self.rows.get(self.customers).values()
        was_settled = all(row.is_settled("email") for row in rows)
        self.outside.calls, self.outside.dies_at, self.outside.after = 0, dies_at, after
        try:
            result = self._carry_out(one)
        except Crash:
            self.pending.append(one)
            return
        finally:
            self.outside.dies_at = 0
        if isinstance(result, Later):
            self.pending.append(one)
            return
        if result.reason == "unblock needed":
            assert isinstance(one.command, ChangeConsent)
            self.unblock.add(one.command.customer_id)
        is_nothing = result.outcome in ("unchanged", "superseded") and one.receives == 1
        if is_nothing and was_settled and sum(self.writes.values()) > before:
            self.echo_writes.append(str(one.command))

    def repeat(self, number: int) -> None:
        """Have a message come twice."""
        one = self.pending[number]
        self.pending.append(Pending(one.command, one.action))

    def lose(self, number: int) -> None:
        """Lose a webhook of Shopify's; what Netcore posts it posts until it is taken."""
        if isinstance(self.pending[number].command, ChangeConsent | RefreshContact):
            self.pending.pop(number)

    def reconcile(self) -> None:
        """Read every customer, as the reconciliation does, and tell what they say now."""
        self._acts()
        for id_, held in self.customers.items():
            self._tell(RefreshContact(id_))
            self._tell(_told(id_, held))

    def drain(self) -> None:
        """Deliver everything, and what follows from it."""
        for _ in range(500):
            if not self.pending:
                return
            self.deliver(0)
        raise AssertionError("it goes round in circles")

    def pass_time(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    # What there is.

    def last_word(self, id_: str) -> str:
        """Return what stands of all that somebody said; of two at the same moment the no."""
        said = max(
            self.words[id_], key=lambda one: (one[0], one[1] == "unsubscribed"), default=None
        )
        return said[1] if said else "not_subscribed"

    def in_shopify(self, id_: str) -> str:
        """Return what Shopify has."""
        return str(self.customers[id_]["defaultEmailAddress"]["marketingState"]).lower()

    def in_row(self, id_: str) -> str:
        """Return what our row has."""
        wanted = self.rows.get([id_])[id_].wanted("email")
        return wanted.said.state if wanted else "not_subscribed"

    # How it works.

    def _acts(self) -> None:
        self.now += timedelta(seconds=1)
        self.actions += 1
        self.action = self.actions

    def _tell(self, command: Command) -> None:
        self.pending.append(Pending(dated(command, self.now, self.now), self.action))

    def _consent(self, id_: str, state: ConsentState, at: datetime) -> None:
        email = self.customers[id_]["defaultEmailAddress"]
        email |= {"marketingState": state.upper(), "marketingUpdatedAt": _text(at)}
        self.customers[id_]["updatedAt"] = _text(self.now)
        self._tell(_told(id_, self.customers[id_]))
        self._tell(RefreshContact(id_))

    def _carry_out(self, one: Pending) -> Result:
        head = Head(self.store.name, "t", "e", "0" * 16, self.now, self.now)
        item: Item[Any] = Item(head, 0, one.command, "m", one.receives)
        station: Any = SimpleNamespace(now=self._clock)
        sender = self._sender()
        settling = Settling(self.store, self.rows, sender)
        match one.command:
            case ChangeConsent():
                known = consents.Services(
                    station, lambda store, some: {c.customer_id: c.customer_id for c in some},
                    lambda store: settling,
                )  # fmt: skip
                return consents.deliver(self.store, [item], known)[0]
            case RefreshContact():
                refresh = Refresh(self.store, Reader(self), self.rows, sender, self._clock)
                return contacts.deliver(
                    self.store, [item], contacts.Services(station, lambda store, lane: refresh)
                )[0]
        services = to_shopify.Services(station, lambda store: self, lambda store: settling)
        return to_shopify.deliver(self.store, [item], services)[0]

    def _clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def _sender(self) -> Sender:
        paced: Any = SimpleNamespace(call=lambda api, request: self.outside.call(request))
        client: Any = SimpleNamespace(add_contacts=self._add, blacklist=self._block)
        panel = PanelSettings("CUSTID", 5, "o@example.com")
        return Sender(client, paced, self.rows, panel, self._clock)

    def _add(self, rows: Sequence[Mapping[str, Any]], **how: object) -> None:
        del how
        for row in rows:
            id_ = str(row["CUSTID"])
            is_consent = row.keys() <= {"CUSTID", SUBSCRIPTION}
            self.writes[self.action, "netcore", "consent" if is_consent else "profile"] += 1
            self.attributes.setdefault(id_, {}).update(row)
            # A journey on changed contacts tells us what we have just told Netcore.
            name = str(self.attributes[id_].get("FIRSTNAME", ""))
            self._tell(FillCustomer(Identity(id_), first_name=name, at=self.now))

    def _block(self, ids: Sequence[str], **how: object) -> None:
        del how
        self.writes[self.action, "netcore", "blacklist"] += 1
        for id_ in set(ids) - self.blacklist:
            self.blacklist.add(id_)
            # A journey on blocked contacts, which knows no time.
            self._tell(Unsubscribe(Identity(id_), "email", None, "form"))

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Answer as Shopify's Admin API does."""
        name = document.partition("(")[0].split()[-1]
        answer: Answer = self.outside.call(lambda: getattr(self, f"_{name}")(variables))
        return answer

    def _Customers(self, asked: dict[str, Any]) -> Answer:  # the document's name
        found = [self.customers.get(one.rpartition("/")[2]) for one in asked["ids"]]
        return Answer({"nodes": found})

    def _EmailConsent(self, asked: dict[str, Any]) -> Answer:  # the document's name
        given = asked["input"]
        said = given["emailMarketingConsent"]
        self.writes[self.action, "shopify", "consent"] += 1
        at = datetime.fromisoformat(said["consentUpdatedAt"])
        self._consent(_id(given["customerId"]), said["marketingState"].lower(), at)
        return Answer({"customerEmailMarketingConsentUpdate": {"userErrors": []}})

    def _CustomerFill(self, asked: dict[str, Any]) -> Answer:  # the document's name
        id_ = _id(asked["id"])
        values = {name: value for name, value in asked["input"].items() if name != "id"}
        self.writes[self.action, "shopify", "profile"] += 1
        self.customers[id_] |= {**values, "updatedAt": _text(self.now)}
        self._tell(RefreshContact(id_))
        return Answer({"customerUpdate": {"userErrors": []}})


def _told(id_: str, held: Mapping[str, Any]) -> ChangeConsent:
    """Return what the webhook of a consent says, or a reading of it."""
    email = held["defaultEmailAddress"]
    state = email["marketingState"].lower()
    at = email["marketingUpdatedAt"]
    return ChangeConsent(
        id_, "email", state, datetime.fromisoformat(at) if at else None, email["emailAddress"]
    )


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _id(gid: str) -> str:
    return gid.rpartition("/")[2]
