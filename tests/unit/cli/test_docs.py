"""What documents take from the code is what the code says today."""

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
