"""A store's tokens stay good: refreshed early, by one worker, whatever is lost on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.store.oauth.pairs import REGIMES, Regime
from shopbridge import reasons
from shopbridge.entry.keeping_alive import KeepAlive, NotAllKept
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.passing import is_passing
from shopbridge.stores.directory import refreshable
from tests.integration.install.merchant import ONE, Merchant
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.watched import Crash, Steps

NO_ANSWER = {"match": {"path": "/admin/oauth/access_token"}}

SLOW_DOWN = ClientError({"Error": {"Code": "ThrottlingException"}}, "Encrypt")
DISABLED = ClientError({"Error": {"Code": "DisabledException"}}, "Decrypt")


@pytest.fixture(params=REGIMES)
def regime(request: pytest.FixtureRequest) -> Regime:
    """How long Shopify takes a refresh token again: both ways that it ever had."""
    regime: Regime = request.param
    return regime


def installed(merchant: Merchant, minutes: float) -> Merchant:
    """Install the app and let `minutes` pass."""
    merchant.install()
    merchant.called.clear()
    merchant.clock.sleep(minutes * 60)
    return merchant


@pytest.mark.parametrize(("minutes", "calls"), [(0, 0), (54.9, 0), (55, 1), (61, 1)])
def test_token_is_refreshed_five_minutes_before_its_end(
    merchant: Merchant, minutes: float, calls: int
) -> None:
    """Not earlier, and what is handed out then works."""
    installed(merchant, minutes)

    token = merchant.tokens().current(merchant.store())

    assert merchant.called == ["refresh_token"] * calls
    assert token == merchant.token()
    assert merchant.gateway(merchant.tokens()).ask(ONE, {}).data["shop"]


def test_pair_is_replaced_together(merchant: Merchant) -> None:
    """New token, new refresh token, new ends: one write; the row's version stays."""
    before = installed(merchant, 56).store()

    merchant.tokens().current(before)

    after = merchant.store()
    assert after.sealed_access_token != before.sealed_access_token
    assert after.sealed_refresh_token != before.sealed_refresh_token
    assert after.token_expires_at == merchant.clock.now() + timedelta(hours=1)
    assert after.refresh_expires_at == merchant.clock.now() + timedelta(days=90)
    assert after.version == before.version
    assert "token_lease" not in merchant.rows()[0]


def test_twenty_workers_at_once_make_one_call(merchant: Merchant) -> None:
    """While one refreshes, the others go on with the token that still lasts five minutes."""
    store = installed(merchant, 56).store()
    old = merchant.token()
    meanwhile: list[str | None] = []

    class Others(Steps):
        """Lets nineteen workers ask while the first one is with Shopify."""

        def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
            if name == "kms.encrypt" and not meanwhile:
                workers = [merchant.tokens() for _ in range(19)]
                meanwhile.extend(worker.current(store) for worker in workers)
            return super().call(name, method, args, kwargs)

    token = merchant.tokens(Others()).current(store)

    assert merchant.called == ["refresh_token"]
    assert meanwhile == [old] * 19
    assert token == merchant.token() != old


def test_workers_that_come_after_take_what_the_first_brought(merchant: Merchant) -> None:
    """They read the store before the refresh, and lease nothing after it."""
    store = installed(merchant, 61).store()

    tokens = [merchant.tokens().current(store) for _ in range(20)]

    assert merchant.called == ["refresh_token"]
    assert set(tokens) == {merchant.token()}


def test_twenty_threads_make_one_call(merchant: Merchant) -> None:
    """The same with real threads; those without a token that lasts come back later."""
    store = installed(merchant, 61).store()
    assert merchant.http
    one_at_a_time = Lock()

    class Atomic(Steps):
        """Makes calls one by one: moto's conditional writes are not atomic, AWS's are."""

        def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
            with one_at_a_time:
                return super().call(name, method, args, kwargs)

    def ask(_: int) -> str | None:
        try:
            return merchant.tokens(Atomic()).current(store)
        except AdminUnavailable:
            return None

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, range(20)))

    assert merchant.called == ["refresh_token"]
    assert {answer for answer in answers if answer} == {merchant.token()}


def test_worker_without_a_lasting_token_comes_back_later(merchant: Merchant) -> None:
    """Its work rests in the queue while another worker, which may have died, refreshes."""
    store = installed(merchant, 61).store()
    with pytest.raises(Crash):
        merchant.tokens(Steps(error=Crash(), of="kms.encrypt", at=1)).current(store)

    with pytest.raises(AdminUnavailable, match="being refreshed") as unavailable:
        merchant.tokens().current(merchant.store())

    assert unavailable.value.retry_after == 5.0


def test_lost_answer_is_asked_for_again_at_once(cloud: Cloud, regime: Regime) -> None:
    """Shopify made a new pair that nobody heard of: the same request brings it."""
    merchant = installed(Merchant(cloud, regime), 61)
    merchant.fault(do="reset_after_apply", **NO_ANSWER)

    token = merchant.tokens().current(merchant.store())

    assert merchant.called == ["refresh_token", "refresh_token"]
    assert token == merchant.token()
    assert merchant.gateway(merchant.tokens()).ask(ONE, {}).data["shop"]


def test_answers_lost_for_longer_strand_nobody(cloud: Cloud, regime: Regime) -> None:
    """The work waits; half an hour later the old refresh token still brings the pair."""
    merchant = installed(Merchant(cloud, regime), 61)
    merchant.fault(do="reset_after_apply", match={"path": "*access_token", "times": 2})
    with pytest.raises(AdminUnavailable):
        merchant.tokens().current(merchant.store())
    merchant.clock.sleep(1800)

    merchant.tokens().current(merchant.store())

    assert merchant.gateway(merchant.tokens()).ask(ONE, {}).data["shop"]
    assert merchant.store().reauthorise_since is None


@pytest.mark.parametrize("of", ["stores.update_item", "kms.encrypt"])
@pytest.mark.parametrize("error", [SLOW_DOWN, Crash()])
def test_pair_that_could_not_be_saved_is_brought_again(
    cloud: Cloud, regime: Regime, of: str, error: BaseException
) -> None:
    """It is never used, so that the refresh token in the row stays good; no one is stranded."""
    merchant = installed(Merchant(cloud, regime), 61)
    at = 2 if of == "stores.update_item" else 1
    with pytest.raises(type(error)):
        merchant.tokens(Steps(error=error, of=of, at=at)).current(merchant.store())
    merchant.clock.sleep(61)

    token = merchant.tokens().current(merchant.store())

    assert merchant.called == ["refresh_token", "refresh_token"]
    assert token == merchant.token()
    assert merchant.gateway(merchant.tokens()).ask(ONE, {}).data["shop"]


def test_failed_save_lets_the_next_worker_try_at_once(merchant: Merchant) -> None:
    """Only a worker that dies holds the lease until it ends."""
    installed(merchant, 61)
    with pytest.raises(ClientError):
        merchant.tokens(Steps(error=SLOW_DOWN, of="kms.encrypt", at=1)).current(merchant.store())

    assert merchant.tokens().current(merchant.store()) == merchant.token()


def test_silent_shopify_is_no_matter_while_the_token_lasts(merchant: Merchant) -> None:
    """Five minutes early is early enough to fail a few times."""
    installed(merchant, 56)
    old = merchant.token()
    merchant.fault(do="status", status=503, match={"path": "*access_token", "times": 2})

    assert merchant.tokens().current(merchant.store()) == old
    assert merchant.called == ["refresh_token", "refresh_token"]


def test_dead_refresh_token_asks_for_the_merchant(merchant: Merchant, cloud: Cloud) -> None:
    """The store is marked, its work parks for that reason, and no other store notices."""
    other = installed(Merchant(cloud), 61)
    installed(merchant, 61)
    merchant.fault(do="oauth_error", error="invalid_grant", **NO_ANSWER)

    with pytest.raises(AdminRejected, match=reasons.REAUTHORISE):
        merchant.tokens().current(merchant.store())

    assert merchant.store().reauthorise_since == merchant.clock.now()
    assert other.tokens().current(other.store()) == other.token()


def test_marked_store_is_not_asked_about_again(merchant: Merchant) -> None:
    """Neither by workers nor by the schedule: the merchant alone can mend it."""
    installed(merchant, 61)
    merchant.fault(do="oauth_error", match={"path": "*access_token", "times": None})
    with pytest.raises(AdminRejected):
        merchant.tokens().current(merchant.store())
    merchant.called.clear()

    with pytest.raises(AdminRejected, match=reasons.REAUTHORISE):
        merchant.tokens().current(merchant.store())

    assert merchant.tokens().keep_alive(merchant.store(), timedelta(days=90)) is False
    assert merchant.called == []


def test_refusal_that_somebody_else_overtook_marks_nothing(merchant: Merchant) -> None:
    """Our refresh token is dead because the merchant authorised meanwhile: theirs is taken."""
    store = installed(merchant, 61).store()

    class Meanwhile(Steps):
        """Lets the merchant authorise between our lease and our question."""

        def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
            answer = super().call(name, method, args, kwargs)
            if name == "stores.update_item" and self.counted == 1:
                merchant.install()
            return answer

    token = merchant.tokens(Meanwhile(of="stores.update_item")).current(store)

    assert token == merchant.token()
    assert merchant.store().reauthorise_since is None


def test_token_that_ended_early_is_renewed_once_and_the_page_read(merchant: Merchant) -> None:
    """A 401 in the middle of work costs one refresh; the same question is asked again."""
    installed(merchant, 10)
    gateway = merchant.gateway(merchant.tokens())
    merchant.act(do="expire")

    answer = gateway.ask(ONE, {})

    assert answer.data["shop"]
    assert merchant.called == ["graphql", "refresh_token", "graphql"]


def test_token_that_another_worker_renewed_is_taken(merchant: Merchant) -> None:
    """Of two workers that meet a 401 one refreshes."""
    installed(merchant, 10)
    first, second = (merchant.gateway(merchant.tokens()) for _ in range(2))
    merchant.act(do="expire")
    first.ask(ONE, {})
    merchant.called.clear()

    second.ask(ONE, {})

    assert merchant.called == ["graphql", "graphql"]


@pytest.mark.parametrize("status", [402, 403, 404, 423])
def test_closed_store_is_asked_once(merchant: Merchant, status: int) -> None:
    """Frozen, scope lost, gone, locked: its work parks with the status as its reason."""
    installed(merchant, 10)
    gateway = merchant.gateway(merchant.tokens())
    merchant.fault(do="status", status=status, match={"times": None})

    with pytest.raises(AdminRejected, match=str(status)):
        gateway.ask(ONE, {})

    assert merchant.called == ["graphql"]


def test_uninstalled_store_is_not_refreshed(merchant: Merchant) -> None:
    """A worker that still holds the old row gets no token, and Shopify hears nothing."""
    store = installed(merchant, 61).store()
    merchant.repository().uninstall(merchant.store(), merchant.clock.now())

    with pytest.raises(AdminRejected, match=reasons.BEFORE_INSTALL):
        merchant.tokens().current(store)

    assert merchant.called == []


@pytest.mark.parametrize(("error", "passes"), [(SLOW_DOWN, True), (DISABLED, False)])
def test_key_that_does_not_open_gives_no_token(
    merchant: Merchant, error: ClientError, passes: bool
) -> None:
    """A throttled key is waited for; a disabled one is for a human, after a few tries."""
    installed(merchant, 10)

    with pytest.raises(ClientError) as raised:
        merchant.tokens(Steps(error=error, of="kms.decrypt", at=1)).current(merchant.store())

    assert is_passing(raised.value) is passes


def test_idle_store_is_kept_alive(merchant: Merchant) -> None:
    """After a month without work the schedule refreshes; 180 days later all is well."""
    installed(merchant, 0)
    for _ in range(26):
        merchant.clock.sleep(7 * 86_400)
        keeper(merchant)({}, None)

    assert merchant.called == ["refresh_token"] * 5
    assert merchant.tokens().current(merchant.store())
    assert merchant.store().reauthorise_since is None


def test_store_that_lapsed_stops_no_other(merchant: Merchant, cloud: Cloud) -> None:
    """Its merchant is needed; the others are kept, and the function ends well."""
    other = installed(Merchant(cloud), 31 * 1440)
    installed(merchant, 31 * 1440)
    merchant.fault(do="oauth_error", **NO_ANSWER)

    told = keeper(merchant, other)({}, None)

    assert told == {"kept": 1, "lapsed": 1}


def test_silence_has_the_schedule_come_again(merchant: Merchant) -> None:
    """What could not be refreshed is raised, so that Lambda runs the function once more."""
    installed(merchant, 31 * 1440)
    merchant.fault(do="reset_before", match={"path": "*access_token", "times": 2})

    with pytest.raises(NotAllKept):
        keeper(merchant)({}, None)

    assert keeper(merchant)({}, None) == {"kept": 1, "lapsed": 0}


def test_schedule_finds_stores_with_tokens_only(merchant: Merchant) -> None:
    """Rows beside a store's own, and stores that left, have none."""
    installed(merchant, 0)
    merchant.go(merchant.link())

    found = [store.name for store in refreshable(merchant.cloud.table("stores"))]

    assert merchant.name in found
    merchant.repository().uninstall(merchant.store(), merchant.clock.now())
    assert merchant.name not in [s.name for s in refreshable(merchant.cloud.table("stores"))]


def keeper(*merchants: Merchant) -> KeepAlive:
    """Build the scheduled function for these stores."""
    first = merchants[0]
    by_name = {merchant.name: merchant for merchant in merchants}

    class Each:
        """Asks each store's own Shopify."""

        def keep_alive(self, store: Any, left: timedelta) -> bool:
            return by_name[store.name].tokens().keep_alive(store, left)

    tokens: Callable[[], Any] = Each
    return KeepAlive(
        lambda: iter([merchant.store() for merchant in merchants]), tokens, first.clock.now
    )
