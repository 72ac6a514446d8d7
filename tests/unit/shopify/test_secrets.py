"""The cached client secrets."""

import pytest

from shopbridge.entry.ingest import listed
from shopbridge.errors import SecretsUnavailable, ShopbridgeError, Unavailable
from shopbridge.shopify.secrets import ClientSecrets


class Parameter:
    """Parameter Store and its clock; `error` is raised while it is set."""

    def __init__(self, *secrets: str) -> None:
        self.secrets = list(secrets)
        self.error: ShopbridgeError | None = None
        self.asked = 0
        self.now = 1000.0
        self.cache = ClientSecrets(self.fetch, lambda: self.now)

    def fetch(self) -> list[str]:
        """Read the parameter."""
        self.asked += 1
        if self.error:
            raise self.error
        return self.secrets


def test_are_read_once_in_five_minutes() -> None:
    """A warm function asks again only after 300 s."""
    parameter = Parameter("s")

    for _ in range(3):
        parameter.cache.current()
    parameter.now += 300
    parameter.cache.current()
    asked_so_far = parameter.asked
    parameter.now += 1
    parameter.cache.current()

    assert (asked_so_far, parameter.asked) == (1, 2)


def test_mismatch_asks_at_most_every_thirty_seconds() -> None:
    """A flood of forgeries does not become a flood of calls."""
    parameter = Parameter("old")
    parameter.cache.current()
    parameter.secrets = ["new", "old"]

    at_once = parameter.cache.after_mismatch()
    parameter.now += 31
    later = [parameter.cache.after_mismatch() for _ in range(5)]

    assert at_once == ("old",)
    assert later == [("new", "old")] * 5
    assert parameter.asked == 2


def test_last_copy_serves_a_quarter_of_an_hour() -> None:
    """While Parameter Store is down the last good copy counts, then nothing does."""
    parameter = Parameter("s")
    parameter.cache.current()
    parameter.error = Unavailable("down")
    parameter.now += 900

    served = parameter.cache.current()
    parameter.now += 1

    assert served == ("s",)
    with pytest.raises(SecretsUnavailable):
        parameter.cache.current()


def test_old_copy_asks_only_every_thirty_seconds() -> None:
    """While Parameter Store is down not every webhook waits for it."""
    parameter = Parameter("s")
    parameter.cache.current()
    parameter.error = Unavailable("down")
    parameter.now += 301

    for _ in range(10):
        parameter.cache.current()

    assert parameter.asked == 2


@pytest.mark.parametrize("secrets", [[], [""], ["good", ""]])
def test_empty_secret_is_never_used(secrets: list[str]) -> None:
    """An empty secret would accept anybody's signature, no secret nobody's."""
    parameter = Parameter(*secrets)

    with pytest.raises(SecretsUnavailable):
        parameter.cache.current()


def test_emptied_parameter_does_not_replace_a_good_copy() -> None:
    """A slip of the operator's is survived for a quarter of an hour."""
    parameter = Parameter("s")
    parameter.cache.current()
    parameter.secrets = []
    parameter.now += 301

    assert parameter.cache.current() == ("s",)


@pytest.mark.parametrize("value", ["", "plain-secret", '"s"', "{}", "[1]", "[null]"])
def test_parameter_that_is_no_list_of_texts_is_not_quoted(value: str) -> None:
    """A wrong parameter is unavailable, and its value in no error."""
    with pytest.raises(SecretsUnavailable) as raised:
        listed(value)

    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
