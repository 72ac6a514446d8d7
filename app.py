"""CDK entry point: the stacks of one stage, checked."""

import aws_cdk as cdk

from infra.checks import check
from infra.stacks import build

app = cdk.App()
build(app)
check(app)
app.synth()
