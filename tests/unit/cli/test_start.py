"""The command line starts quickly."""

import subprocess
import sys


def test_no_command_waits_for_the_cdk() -> None:
    """The CDK takes a second to import, starts a Node, and lets that speak on its own."""
    script = "import cli.main, sys; print(*{'aws_cdk', 'jsii', 'constructs'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
    assert done.stderr == ""
