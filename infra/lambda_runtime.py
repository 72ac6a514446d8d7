"""What our Lambdas run on, in the words of the CDK."""

from aws_cdk import aws_lambda as lambda_

from infra.runtime import PROCESSOR, PYTHON

RUNTIME = lambda_.Runtime(f"python{PYTHON}", lambda_.RuntimeFamily.PYTHON)
ARCHITECTURE = lambda_.Architecture.custom(PROCESSOR)
