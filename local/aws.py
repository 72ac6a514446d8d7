"""The emulated AWS account as command lines and clients see it."""

import os
from dataclasses import dataclass
from typing import Any

import boto3

from local.places import VENV

ACCOUNT = "000000000000"
REGION = "us-east-1"
LOCAL_BUS = "shopbridge-local"
LOCAL_SOURCE = "shopify"
"""The emulator delivers no event whose source begins with `aws.`, as Shopify's does."""
KEY = "test"  # the emulator takes any


@dataclass(frozen=True)
class Aws:
    """An account of nobody, behind `endpoint`."""

    endpoint: str

    def environment(self) -> dict[str, str]:
        """Return the caller's variables, but none that could lead to a real account, and ours."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "CDK_"))}
        return inherited | {
            "PATH": os.pathsep.join([str(VENV / "bin"), *os.get_exec_path()]),
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "CDK_DEFAULT_ACCOUNT": ACCOUNT,
            "CDK_DEFAULT_REGION": REGION,
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "NO_COLOR": "1",
            "CDK_VALIDATION": "false",  # `make check` validates; here it costs 4 s of waiting
        }

    def parameter(self, name: str) -> str:
        """Return the SSM parameter `name`."""
        value: str = self.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
        return value

    def hide_parameter(self, name: str, value: str) -> None:
        """Write the SSM parameter `name`, encrypted."""
        self.client("ssm").put_parameter(
            Name=name, Value=value, Type="SecureString", Overwrite=True
        )

    def client(self, service: str) -> Any:
        """Return a boto3 client of `service` in this account."""
        return boto3.client(
            service,  # type: ignore[call-overload]  # the stubs want each name spelt out
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=KEY,
            aws_secret_access_key=KEY,
        )
