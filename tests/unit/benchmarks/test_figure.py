"""Verdicts: met, missed by how much, and when a run fails."""

import pytest

from benchmarks import report
from benchmarks.figure import Figure, Goal
from benchmarks.startup import counted


@pytest.mark.parametrize(
    ("goal", "value", "verdict"),
    [
        (Goal(limit=0.4), 0.4, "met"),
        (Goal(limit=0.4), 0.5, "missed by 25%"),
        (Goal(limit=8, at_least=True), 8.1, "met"),
        (Goal(limit=8, at_least=True), 6, "missed by 25%"),
    ],
)
def test_verdict_says_by_how_much(goal: Goal, value: float, verdict: str) -> None:
    """A miss is told as a share of the goal, whichever side is the good one."""
    figure = Figure(name="x", title="x", goal=goal, value=value)

    assert figure.verdict == verdict
    assert figure.fails == (verdict != "met")


def test_known_miss_does_not_fail_the_run() -> None:
    """A miss that somebody explained is printed with its reason, and the run goes on."""
    figure = Figure(name="x", title="x", goal=Goal(limit=1), value=2, reason="physics")

    assert not figure.fails
    assert report.told(figure).splitlines()[-1] == "  physics"


def test_skipped_figure_says_why() -> None:
    """Without the tool there is no value, no failure, and a word about it."""
    figure = Figure(name="x", title="x", goal=Goal(limit=1), skipped="valgrind is not installed")

    assert (figure.verdict, figure.fails) == ("skipped", False)
    assert "valgrind is not installed" in report.told(figure)


def test_instructions_are_read_from_cachegrinds_summary() -> None:
    """The count is the line of instruction references, without its separators."""
    assert counted("==7== \n==7== I   refs:      28,610,514\n") == 28_610_514
