"""The functions of an install as infra starts them: wired from the environment."""

import importlib
import json
from typing import Any

import boto3
import pytest

from local.store.oauth.signing import CLIENT_ID, signed_query
from shopbridge import reasons
from shopbridge.entry import install_wiring, resumption
from shopbridge.entry.resumption import AWAITED, NotAllResumed, Resumption, resume_later
from shopbridge.environment import Environment
from shopbridge.parked.resume import Resumed
from tests.integration.install.merchant import NEEDED, SECRET, Merchant
from tests.integration.pipeline.cloud import BUCKET, KEYS, PARAMETER, Cloud

NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture
def wired(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Merchant:
    """A merchant of today, and the variables that infra sets."""
    merchant = Merchant.today(cloud)
    ssm = boto3.client("ssm", **KEYS)
    secrets = json.dumps(["shpss_next_0123456789abcdef0123456789abc", SECRET])
    ssm.put_parameter(Name=PARAMETER, Value=secrets, Type="SecureString", Overwrite=True)
    ssm.put_parameter(Name="/shopbridge/test/topics", Value="{}", Type="String", Overwrite=True)
    for name, value in {
        "AWS_DEFAULT_REGION": KEYS["region_name"],
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "KEPT_BUCKET": BUCKET,
        "COMMANDS_TOPIC_ARN": cloud.topic_arn,
        "STORE_KEY_ARN": merchant.vault._key_arn,
        "CLIENT_SECRETS_PARAMETER": PARAMETER,
        "TOPICS_PARAMETER": "/shopbridge/test/topics",
        "SHOPIFY_CLIENT_ID": CLIENT_ID,
        "SHOPIFY_SCOPES": ",".join(sorted(NEEDED)),
        "SHOPIFY_ADMIN_URL": NOBODY_LISTENS,
        "APP_URL": "https://app.example.com",
        "RESUME_FUNCTION": "resume",
    }.items():
        monkeypatch.setenv(name, value)
    install_wiring.desk.cache_clear()
    return merchant


def page(name: str) -> Any:
    """Return the handler of one page."""
    return importlib.import_module(f"functions.install.{name}").handler


def asked(query: str = "", cookies: tuple[str, ...] = (), bearer: str = "") -> dict[str, Any]:
    """Write a request as API Gateway hands it on."""
    headers = {"Authorization": f"Bearer {bearer}", "Cookie": "; ".join(cookies)}
    return {"rawQueryString": query, "headers": headers}


def test_pages_find_all_their_parts(wired: Merchant) -> None:
    """Begin leads to the store; the callback, whose Shopify is silent, asks for patience."""
    link = signed_query(wired.name, SECRET, wired.clock.now())
    begun = page("begin")(asked(link), None)
    location = begun["headers"]["Location"]
    state = location.partition("state=")[2].partition("&")[0]
    back = signed_query(wired.name, SECRET, wired.clock.now(), code="c-1", state=state)

    ended = page("callback")(asked(back, (begun["cookies"][0].partition(";")[0],)), None)

    assert location.startswith(f"{NOBODY_LISTENS}/admin/oauth/authorize?client_id={CLIENT_ID}")
    assert location.endswith(f"&shop={wired.name}")
    assert ended["statusCode"] == 503
    assert wired.repository().get() is None


def test_pages_refuse_as_they_should(wired: Merchant) -> None:
    """Each reads the client secrets and believes nobody else."""
    assert page("begin")(asked("shop=evil.com"), None)["statusCode"] == 400
    assert page("callback")(asked(f"shop={wired.name}"), None)["statusCode"] == 401
    assert page("exchange")(asked(bearer="x"), None)["statusCode"] == 401


def test_schedule_finds_all_its_parts(wired: Merchant) -> None:
    """A store whose Shopify is silent has Lambda try again."""
    from functions.install import refresh_tokens  # noqa: PLC0415 - wires at first use

    refresh_tokens.wiring.cache_clear()
    wired.install()

    assert refresh_tokens.handler({}, None)["lapsed"] == 0


def test_job_finds_all_its_parts(wired: Merchant) -> None:
    """Nothing waits for this store."""
    environment = Environment()

    resume = resumption.wired(environment)

    assert resume.outbox.topic_arn == wired.cloud.topic_arn


def test_install_stands_though_the_job_cannot_be_started(wired: Merchant) -> None:
    """What waits stays listed; the merchant sees no error."""
    assert wired.name

    resume_later(Environment())("leaf.myshopify.com")


class Waiting:
    """Stands for what is parked: answers by the first word of a reason, once."""

    def __init__(self, **waiting: list[Resumed]) -> None:
        self.waiting = waiting
        self.asked: list[str] = []
        self.slept: list[float] = []

    def reason(self, store: str, reason: str) -> list[Resumed]:
        """Hand out what waits for `reason`."""
        self.asked.append(reason)
        return self.waiting.pop(reason.partition(" ")[0], [])

    def sleep(self, seconds: float) -> None:
        """Let time pass at once; meanwhile a delivery is parked."""
        self.slept.append(seconds)
        self.waiting["store"] = self.waiting.pop("late", [])

    def run(self, context: object = None) -> dict[str, int]:
        """Run the job on what is parked."""
        job = Resumption(lambda: self, self.sleep)  # type: ignore[arg-type, return-value]  # stands for Resume
        return job({"store": "leaf.myshopify.com"}, context)


def test_job_sends_on_what_an_install_ends() -> None:
    """Unknown store, refused tokens, missing scope; nothing else."""
    waiting = Waiting(store=[Resumed("a", "published"), Resumed("b", "published")])

    told = waiting.run()

    assert told == {"resumed": 2}
    assert waiting.asked == [*AWAITED, reasons.STORE_UNKNOWN]
    assert reasons.NOT_ENABLED not in AWAITED


def test_job_finds_what_was_just_being_parked() -> None:
    """A delivery met no store, and was parked after the job had looked."""
    waiting = Waiting(late=[Resumed("a", "published")])

    told = waiting.run()

    assert (told, waiting.slept) == ({"resumed": 1}, [10.0])


def test_job_that_is_stuck_is_run_again() -> None:
    """What can go goes; Lambda repeats the rest, and its failure has a queue and an alarm."""
    stuck, free = Resumed("a", problem="no function serves x/y"), Resumed("b", "published")
    waiting = Waiting(store=[stuck], late=[free])

    with pytest.raises(NotAllResumed, match="1 still wait"):
        waiting.run()

    assert waiting.waiting == {}


def test_job_ends_in_time() -> None:
    """In the last third of its time it leaves the rest to the next run."""
    waiting = Waiting(store=[Resumed("a", "published")] * 3)

    class Late:
        """Lambda's context when its time is over."""

        def get_remaining_time_in_millis(self) -> int:
            """No time is left."""
            return -60_000

    with pytest.raises(NotAllResumed, match="no time"):
        waiting.run(Late())
