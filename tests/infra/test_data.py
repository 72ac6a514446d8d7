"""Data is encrypted, restorable for less than 30 days, and outlives its stack."""

from tests.infra.synthesis import Synthesis

KEYS = {
    "TablesStores": ["store"],
    "TablesLedger": ["delivery", "row"],
    "TablesReceipts": ["store_shard", "effect"],
    "TablesContacts": ["store_shard", "customer"],
    "TablesCatalogue": ["store", "variant"],
    "TablesCheckouts": ["store_shard", "row"],
    "TablesRuns": ["store", "run"],
}


def test_tables_have_the_keys_that_repositories_use(cloud: Synthesis) -> None:
    """Partition key first, then the sort key."""
    found = {
        table.id[:-8]: [key["AttributeName"] for key in table.properties["KeySchema"]]
        for table in cloud.all("AWS::DynamoDB::Table")
    }

    assert found == KEYS


def test_ledger_is_found_by_resource_and_by_what_is_open(cloud: Synthesis) -> None:
    """Two indexes of keys only, a stream of both images, rows that expire."""
    ledger = cloud.named("TablesLedger").properties
    indexes = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in ledger["GlobalSecondaryIndexes"]
    }
    projections = {
        index["Projection"]["ProjectionType"] for index in ledger["GlobalSecondaryIndexes"]
    }

    assert indexes == {"resource": ["resource", "received_at"], "open": ["open", "open_at"]}
    assert projections == {"KEYS_ONLY"}
    assert ledger["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert ledger["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}


def test_due_checkouts_are_found_by_time_and_forgotten_in_a_week(cloud: Synthesis) -> None:
    """An index of keys only, which holds what is waited for and nothing else."""
    checkouts = cloud.named("TablesCheckouts").properties
    (index,) = checkouts["GlobalSecondaryIndexes"]

    assert index["IndexName"] == "due"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["due", "look_at"]
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert checkouts["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}


def test_backups_forget_within_a_month(cloud: Synthesis) -> None:
    """Redacted data must be gone in 30 days, so tables are restorable for 27."""
    for table in cloud.all("AWS::DynamoDB::Table"):
        assert table.properties["PointInTimeRecoverySpecification"] == {
            "PointInTimeRecoveryEnabled": True,
            "RecoveryPeriodInDays": 27,
        }
        assert table.properties["SSESpecification"] == {"SSEEnabled": True}
        assert table.properties["BillingMode"] == "PAY_PER_REQUEST"


def test_bodies_are_deleted_after_two_weeks(cloud: Synthesis) -> None:
    """Kept and archived bodies are unversioned, encrypted with our key, and expire."""
    for id_ in ("BucketsKept", "BucketsArchive"):
        bucket = cloud.named(id_).properties
        rule, *_ = bucket["LifecycleConfiguration"]["Rules"]
        (encryption,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        key = encryption["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]
        assert (rule["ExpirationInDays"], rule.get("TagFilters")) == (14, None)
        assert "VersioningConfiguration" not in bucket
        assert cloud.meant(key).id[:-8] == "KeysContent"


def test_files_of_contacts_are_deleted_after_two_days(cloud: Synthesis) -> None:
    """Netcore fetches them within half a day, or never."""
    rules = cloud.named("BucketsKept").properties["LifecycleConfiguration"]["Rules"]

    ends = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule}

    assert ends == {"uploads/": 2}


def test_a_rewritten_object_ends_when_its_tag_says(cloud: Synthesis) -> None:
    """S3 counts from the rewrite; a rule for each number of days that the original had left."""
    rules = cloud.named("BucketsArchive").properties["LifecycleConfiguration"]["Rules"]

    ends = {
        rule["TagFilters"][0]["Value"]: rule["ExpirationInDays"]
        for rule in rules
        if "TagFilters" in rule
    }

    assert ends == {str(days): days for days in range(1, 14)}


def test_queues_and_topic_encrypt_and_refuse_plain_http(cloud: Synthesis) -> None:
    """Each queue uses SQS's keys, the commands topic ours, and each denies insecure transport."""
    policies = cloud.all("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy")

    for queue in cloud.all("AWS::SQS::Queue"):
        assert queue.properties["SqsManagedSseEnabled"] is True
    topic = cloud.named("CommandsTopic").properties
    assert cloud.meant(topic["KmsMasterKeyId"]).id[:-8] == "KeysContent"
    for policy in policies:
        refused = [
            statement
            for statement in policy.properties["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Deny"
        ]
        assert refused[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}, policy.id


def test_data_outlives_its_stack(cloud: Synthesis, https_only: Synthesis) -> None:
    """Kept and protected on every stage but a disposable one."""
    data = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")

    assert {resource.deletion for resource in cloud.all(*data)} == {"Retain"}
    assert {resource.deletion for resource in https_only.all(*data)} == {"Delete"}
    for table in cloud.all("AWS::DynamoDB::Table"):
        assert table.properties["DeletionProtectionEnabled"] is True


def test_keys_rotate(cloud: Synthesis) -> None:
    """Both of our keys are renewed every year."""
    for key in cloud.all("AWS::KMS::Key"):
        assert key.properties["EnableKeyRotation"] is True
