"""The S3 buckets: unversioned, so that what is deleted is gone."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.deployment import Deployment
from shopbridge import kept

KEPT_DAYS = kept.DAYS
UPLOAD_DAYS = kept.UPLOAD_DAYS
ACCESS_LOG_DAYS = 90


class Buckets(Construct):
    """
    `kept` holds what is too large or too odd to travel, `archive` every delivery as it came.

    Nothing empties them when their stack goes: that would take a function that may delete
    every body we hold.
    """

    def __init__(
        self, scope: Construct, id_: str, *, deployment: Deployment, key: kms.IKey
    ) -> None:
        super().__init__(scope, id_)
        self._deployment = deployment
        self._access_logs = self._bucket(
            "AccessLogs", days=ACCESS_LOG_DAYS, encryption=s3.BucketEncryption.S3_MANAGED
        )
        self.kept = self._content("Kept", key)
        self.kept.add_lifecycle_rule(prefix=kept.UPLOADS, expiration=cdk.Duration.days(UPLOAD_DAYS))
        self.archive = self._content("Archive", key, is_rewritten=True)

    def _content(self, id_: str, key: kms.IKey, *, is_rewritten: bool = False) -> s3.Bucket:
        return self._bucket(
            id_,
            days=KEPT_DAYS,
            is_rewritten=is_rewritten,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
            server_access_logs_bucket=self._access_logs,
            server_access_logs_prefix=f"{id_.lower()}/",
        )

    def _bucket(
        self,
        id_: str,
        *,
        days: int,
        is_rewritten: bool = False,
        encryption: s3.BucketEncryption,
        encryption_key: kms.IKey | None = None,
        bucket_key_enabled: bool | None = None,
        server_access_logs_bucket: s3.IBucket | None = None,
        server_access_logs_prefix: str | None = None,
    ) -> s3.Bucket:
        return s3.Bucket(
            self,
            id_,
            encryption=encryption,
            encryption_key=encryption_key,
            bucket_key_enabled=bucket_key_enabled,
            server_access_logs_bucket=server_access_logs_bucket,
            server_access_logs_prefix=server_access_logs_prefix,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=cdk.Duration.days(days),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                ),
                *(_with_days_left(left) for left in range(1, days) if is_rewritten),
            ],
            removal_policy=self._deployment.removal,
        )


def _with_days_left(days: int) -> s3.LifecycleRule:
    """End an object that an erasure wrote anew: S3 counts from then, its tag says what is left."""
    return s3.LifecycleRule(
        expiration=cdk.Duration.days(days), tag_filters={kept.DAYS_LEFT: str(days)}
    )
