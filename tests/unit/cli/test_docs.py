"""What documents take from the code is what the code says today."""

import pytest

from cli import machine, recipes
from cli.docs import README, table, written


def test_readme_lists_every_topic_as_its_file_says() -> None:
    """README's table of topics is the files' own first lines (`make docs` writes it)."""
    readme = README.read_text()

    assert written(readme) == readme


def test_row_is_the_docstring_behind_the_topic() -> None:
    """A row links the file and repeats what its docstring says after the topic."""
    row = (
        "| [`orders/create`](functions/webhooks/orders/create.py) |"
        " records `Product Purchase`, refreshes the customer, closes their checkout. |"
    )

    assert row in table()


def test_recipes_show_what_netcore_receives_today() -> None:
    """Each payload in docs/recipes.md is what the code makes of the example (`make docs`)."""
    text = recipes.RECIPES.read_text()

    assert recipes.written(text) == text


def test_recipe_of_an_event_that_a_webhook_does_not_mean_is_refused() -> None:
    """A block that names the wrong event stops `make docs`; it never stays as it was."""
    with pytest.raises(LookupError, match="orders/create means no Order Cancelled"):
        recipes.activity("orders/create", "Order Cancelled")


def test_historic_sync_is_drawn_as_it_is_deployed() -> None:
    """The diagram in docs/historic-sync.md is made of the state machine (`make docs`)."""
    text = machine.DOCUMENT.read_text()

    assert machine.written(text) == text
    assert "    verify --> read: again\n" in text
