"""Each role may do what is written here, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.synthesis import Resource, Synthesis

TOPIC = {
    "logs:CreateLogStream own log",
    "logs:PutLogEvents own log",
    "dynamodb:GetItem TablesStores",
    "dynamodb:GetItem TablesLedger",
    "dynamodb:UpdateItem TablesLedger",
    "sns:Publish CommandsTopic",
    "s3:PutObject BucketsKept/claim/*",
    "s3:PutObject BucketsKept/parked/*",
    "kms:Decrypt KeysContent if kms:ViaService",
    "kms:GenerateDataKey KeysContent if kms:ViaService",
    "ssm:GetParameter :parameter/shopbridge/prod/client-secrets",
    "kms:Decrypt KeysSecrets if kms:EncryptionContext:PARAMETER_ARN kms:ViaService",
    "sqs:SendMessage QueuesFailedInvocations",
}


def rows(table: str, *actions: str) -> set[str]:
    """Reading and updating the items of a table one by one, and these other actions."""
    return {f"dynamodb:{action} Tables{table}" for action in ("GetItem", "UpdateItem", *actions)}


def takes(*queues: str) -> set[str]:
    """Consuming these queues."""
    actions = ("ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
    return {f"sqs:{action} Queues{queue}" for queue in queues for action in actions}


LOG = {"logs:CreateLogStream own log", "logs:PutLogEvents own log"}
KEY = {f"kms:{a} KeysContent if kms:ViaService" for a in ("Decrypt", "GenerateDataKey")}
PARK = {"s3:PutObject BucketsKept/parked/*", *KEY}
ARCHIVE = {"s3:GetObject BucketsKept/claim/*", "s3:PutObject BucketsArchive/*", *KEY}
SEAL = {"kms:Encrypt KeysSecrets if kms:EncryptionContext:store"}
OPEN = {"kms:Decrypt KeysSecrets if kms:EncryptionContext:store", *SEAL}
CLIENT_SECRETS = {
    "ssm:GetParameter :parameter/shopbridge/prod/client-secrets",
    "kms:Decrypt KeysSecrets if kms:EncryptionContext:PARAMETER_ARN kms:ViaService",
}
STATION = {*LOG, *PARK, *rows("Stores", "PutItem"), *rows("Ledger", "BatchGetItem")}
SEND = {*STATION, *OPEN, *CLIENT_SECRETS}
AGAIN = "lambda:InvokeFunction ToShopifyEvents"
RESUME = "lambda:InvokeFunction JobsResume"
CONTACTS = rows("Contacts", "PutItem", "BatchGetItem")
LANES = (
    "Activities",
    "Archive",
    "Catalogue",
    "Checkouts",
    "Consents",
    "Contacts",
    "Lifecycle",
    "Privacy",
    "ToShopify",
    "WebsiteTracking",
)
OF_PEOPLE = ("parked", "claim", "requests")
TWO = ("Activities", "Catalogue", "Consents", "Contacts")

FORGOTTEN = {f"dynamodb:{action} TablesReceipts" for action in ("GetItem", "BatchGetItem")}
DELETES = ("Query", "DeleteItem", "BatchWriteItem")

TASKS = ("Plan", "Read", "Settle", "Verify", "Finish")

WORKERS = {
    "DeliveryActivities": {
        *SEND,
        *rows("Receipts", "PutItem", "DeleteItem", "BatchGetItem", "BatchWriteItem"),
        *takes("Activities", "ActivitiesHistory"),
    },
    "DeliveryContacts": {
        *SEND,
        *CONTACTS,
        *FORGOTTEN,
        *takes("Contacts", "ContactsHistory"),
        *(f"s3:{does}Object BucketsKept/uploads/*" for does in ("Put", "Get", "Delete")),
    },
    "DeliveryConsents": {*SEND, *CONTACTS, *FORGOTTEN, *takes("Consents", "ConsentsHistory")},
    "DeliveryCatalogue": {
        *SEND,
        *rows("Catalogue", "PutItem", "DeleteItem", "Query"),
        *takes("Catalogue", "CatalogueHistory"),
    },
    "DeliveryCheckouts": {
        *STATION,
        *OPEN,
        *rows("Checkouts", "PutItem"),
        *FORGOTTEN,
        *takes("Checkouts"),
    },
    "DeliveryToShopify": {*SEND, *CONTACTS, *FORGOTTEN, *takes("ToShopify")},
    "DeliveryWebsiteTracking": {
        *SEND,
        *rows("Checkouts", "PutItem", "DeleteItem", "Query"),
        *FORGOTTEN,
        *takes("WebsiteTracking"),
        "sns:Publish CommandsTopic",
    },
    "WebsiteTrackingCollect": {
        *LOG,
        *PARK,
        "dynamodb:GetItem TablesStores",
        *rows("Ledger"),
        "sns:Publish CommandsTopic",
    },
    "DeliveryLifecycle": {*STATION, *takes("Lifecycle"), RESUME},
    "DeliveryArchive": {*LOG, *ARCHIVE, *FORGOTTEN, *takes("Archive")},
    "DeliveryPrivacy": {
        *SEND,
        *takes("Privacy"),
        *rows("Stores", "PutItem", "DeleteItem", "ConditionCheckItem"),
        *rows("Ledger", *DELETES),
        *rows("Receipts", "PutItem", *DELETES),
        *(f"dynamodb:{action} TablesContacts" for action in ("BatchGetItem", *DELETES)),
        "dynamodb:GetItem TablesCheckouts",
        *(
            f"dynamodb:{action} Tables{table}"
            for action in ("Query", "DeleteItem")
            for table in ("Checkouts", "Catalogue", "Runs")
        ),
        "dynamodb:GetItem TablesCatalogue",
        "dynamodb:Query TablesLedger/index/open",
        "dynamodb:Query TablesLedger/index/resource",
        *(f"s3:ListBucket Buckets{bucket}" for bucket in ("Kept", "Archive")),
        *(f"s3:{action}Object BucketsArchive/*" for action in ("Get", "Delete")),
        *(f"s3:GetObject BucketsKept/{prefix}/*" for prefix in (*OF_PEOPLE, "uploads")),
        *(
            f"s3:DeleteObject BucketsKept/{prefix}/*"
            for prefix in (*OF_PEOPLE, "uploads", "runs", "feeds", "reconciliation", "bulk")
        ),
        "s3:PutObject BucketsKept/requests/*",
        "s3:PutObject BucketsKept/uploads/*",
        "s3:PutObject BucketsArchive/*",
        "s3:PutObjectTagging BucketsArchive/*",
    },
    "DeliveryDeadLetters": {
        *LOG,
        *PARK,
        *ARCHIVE,
        *FORGOTTEN,
        *rows("Ledger"),
        *takes(*(f"{lane}Dead" for lane in LANES), *(f"{lane}HistoryDead" for lane in TWO)),
        *takes("FailedInvocations", "UndeliveredEvents"),
    },
    "Counters": {
        *LOG,
        "dynamodb:DescribeStream TablesLedger",
        "dynamodb:GetRecords TablesLedger",
        "dynamodb:GetShardIterator TablesLedger",
        "dynamodb:ListStreams TablesLedger/stream/*",
        "dynamodb:GetItem TablesLedger",
        "dynamodb:PutItem TablesLedger",
        "dynamodb:UpdateItem TablesLedger",
        "sqs:SendMessage QueuesUncounted",
    },
    "ConsentCounters": {
        *LOG,
        "dynamodb:DescribeStream TablesContacts",
        "dynamodb:GetRecords TablesContacts",
        "dynamodb:GetShardIterator TablesContacts",
        "dynamodb:ListStreams TablesContacts/stream/*",
        *rows("Ledger"),
        "sqs:SendMessage QueuesUncounted",
    },
    "InstallBegin": {*LOG, *CLIENT_SECRETS, "dynamodb:PutItem TablesStores"},
    "InstallCallback": {
        *LOG,
        *CLIENT_SECRETS,
        *SEAL,
        *rows("Stores", "PutItem", "DeleteItem"),
        RESUME,
    },
    "InstallExchange": {*LOG, *CLIENT_SECRETS, *SEAL, *rows("Stores", "PutItem"), RESUME},
    "JobsResume": {
        *LOG,
        *KEY,
        *rows("Ledger"),
        "dynamodb:Query TablesLedger/index/open",
        "s3:GetObject BucketsKept/parked/*",
        "sns:Publish CommandsTopic",
        "ssm:GetParameter :parameter/shopbridge/prod/topics",
        "lambda:InvokeFunction :function:Shopbridge-prod-Webhooks*",
        AGAIN,
        "sqs:SendMessage QueuesUnfinishedJobs",
    },
    "ToShopifyEvents": {
        *LOG,
        *KEY,
        "kms:Decrypt KeysSecrets if kms:EncryptionContext:store",
        "dynamodb:GetItem TablesStores",
        *rows("Ledger", "Query"),
        "sns:Publish CommandsTopic",
        "s3:PutObject BucketsKept/claim/*",
        "s3:PutObject BucketsKept/parked/*",
    },
    "ToShopifyUnsubscribe": {
        *LOG,
        *PARK,
        *CLIENT_SECRETS,
        "dynamodb:GetItem TablesStores",
        *rows("Ledger"),
        "sns:Publish CommandsTopic",
    },
    "AbandonmentSweep": {
        *LOG,
        "kms:Decrypt KeysSecrets if kms:EncryptionContext:store",
        *KEY,
        "dynamodb:GetItem TablesStores",
        *rows("Ledger"),
        *rows("Checkouts", "BatchGetItem", "Query"),
        "dynamodb:Query TablesCheckouts/index/due",
        "sns:Publish CommandsTopic",
        "sqs:SendMessage QueuesUnfinishedJobs",
    },
    "CatalogueBuild": {
        *LOG,
        *SEAL,
        *KEY,
        "dynamodb:GetItem TablesStores",
        *rows("Catalogue", "PutItem", "DeleteItem", "Query"),
        "s3:PutObject BucketsKept/feeds/*",
        "s3:AbortMultipartUpload BucketsKept/feeds/*",
        "s3:DeleteObject BucketsKept/feeds/*",
        "sqs:SendMessage QueuesUnfinishedJobs",
    },
    "CatalogueFeed": {
        *LOG,
        *KEY,
        "dynamodb:GetItem TablesStores",
        "dynamodb:GetItem TablesCatalogue",
        "s3:GetObject BucketsKept/feeds/*",
    },
    "JobsRefreshTokens": {
        *LOG,
        *OPEN,
        *CLIENT_SECRETS,
        *rows("Stores", "Scan"),
        "sqs:SendMessage QueuesUnfinishedJobs",
    },
}
WORKERS["SettingsApi"] = {
    *LOG,
    *OPEN,
    *CLIENT_SECRETS,
    *rows("Stores", "PutItem", "BatchGetItem", "DeleteItem"),
    *rows("Ledger", "Query"),
    *rows("Catalogue", "PutItem", "DeleteItem"),
    "dynamodb:Query TablesLedger/index/open",
    "dynamodb:Query TablesLedger/index/resource",
    "s3:GetObject BucketsKept/parked/*",
    "s3:GetObject BucketsKept/requests/*",
    "s3:GetObject BucketsArchive/*",
    "s3:ListBucket BucketsArchive",
    *KEY,
    "sns:Publish CommandsTopic",
    "ssm:GetParameter :parameter/shopbridge/prod/topics",
    "lambda:InvokeFunction :function:Shopbridge-prod-Webhooks*",
    AGAIN,
    RESUME,
}
WORKERS["SettingsPage"] = {
    *LOG,
    *CLIENT_SECRETS,
    "dynamodb:GetItem TablesStores",
    "dynamodb:GetItem TablesCatalogue",
    "dynamodb:GetItem TablesRuns",
    "dynamodb:Query TablesRuns",
    "dynamodb:Query TablesLedger",
}
RUNS = rows("Runs", "PutItem", "Query")
START = "states:StartExecution :stateMachine:shopbridge-prod-historic-sync"
ASK = {*OPEN, *CLIENT_SECRETS, *rows("Stores")}
LISTS = {
    "s3:GetObject BucketsKept/runs/*",
    "s3:PutObject BucketsKept/runs/*",
    "s3:ListBucket BucketsKept",
    *KEY,
}
RESULTS = {
    f"s3:{does} BucketsKept/bulk/*"
    for does in ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
}
WORKERS |= {
    "HistoricSyncPlan": {*LOG, *RUNS, START, *ASK, *LISTS},
    "HistoricSyncRead": {
        *LOG,
        *RUNS,
        START,
        *ASK,
        *LISTS,
        *RESULTS,
        "dynamodb:UpdateItem TablesLedger",
        "sqs:SendMessage QueuesActivitiesHistory",
        "sqs:SendMessage QueuesCatalogueHistory",
        "sqs:SendMessage QueuesContactsHistory",
    },
    "HistoricSyncSettle": {
        *LOG,
        *RUNS,
        START,
        *LISTS,
        "dynamodb:GetItem TablesStores",
        "dynamodb:Query TablesLedger",
    },
    "HistoricSyncVerify": {*LOG, *RUNS, START, *ASK, *LISTS, "dynamodb:Query TablesLedger"},
    "HistoricSyncFinish": {*LOG, *RUNS, START, *LISTS, "dynamodb:GetItem TablesStores"},
}
WORKERS["DeliveryLifecycle"] |= {*RUNS, START}
WORKERS["SettingsApi"] |= {*RUNS, START, "s3:GetObject BucketsKept/runs/*"}
WORKERS |= {
    "ReconciliationPlan": {
        *LOG,
        "dynamodb:Scan TablesStores",
        "sqs:SendMessage ReconciliationStores",
        "sqs:SendMessage QueuesUnfinishedJobs",
    },
    "ReconciliationStore": {
        *LOG,
        *ASK,
        *rows("Ledger", "Query"),
        "dynamodb:Query TablesLedger/index/open",
        "dynamodb:BatchGetItem TablesContacts",
        "dynamodb:BatchGetItem TablesCatalogue",
        "dynamodb:Query TablesCatalogue",
        *FORGOTTEN,
        "dynamodb:GetItem TablesRuns",
        "dynamodb:PutItem TablesRuns",
        *(f"dynamodb:{call} TablesCheckouts" for call in ("GetItem", "BatchGetItem", "Query")),
        "s3:PutObject BucketsKept/reconciliation/*",
        *KEY,
        *(f"sqs:SendMessage Queues{lane}History" for lane in TWO),
        "sqs:SendMessage QueuesCheckouts",
        *(right.replace("Queues", "") for right in takes("ReconciliationStores")),
        "ssm:GetParameter :parameter/shopbridge/prod/deployment",
        "ssm:GetParameter :parameter/shopbridge/prod/topics",
        "cloudwatch:GetMetricData *",
        RESUME,
    },
}
MACHINE = {f"lambda:InvokeFunction HistoricSync{t}" for t in TASKS}
SCHEDULED = {
    "JobsWeekly": "JobsRefreshTokens",
    "AbandonmentEveryMinute": "AbandonmentSweep",
    "CatalogueEveryFiveMinutes": "CatalogueBuild",
    "ReconciliationDaily": "ReconciliationPlan",
}


def test_a_topic_function_may_do_thirteen_things(cloud: Synthesis) -> None:
    """Read profiles and client secrets, claim, publish, keep, leave its failures: no more."""
    for function in cloud.all("AWS::Lambda::Function"):
        if function.stack == "Webhooks":
            assert allowed(cloud, function) == TOPIC, function.id


def test_each_worker_may_do_what_its_work_takes(cloud: Synthesis) -> None:
    """Its queues, its tables, the store's key if it calls out, the places it writes to."""
    found = {
        function.id[:-8]: allowed(cloud, function)
        for function in cloud.all("AWS::Lambda::Function")
        if function.stack == "Core"
    }

    assert found == WORKERS


def test_no_two_functions_share_a_role(cloud: Synthesis) -> None:
    """Each function has a role of its own, and no policy hangs beside it."""
    functions = cloud.all("AWS::Lambda::Function")
    schedules = cloud.all("AWS::Scheduler::Schedule")
    roles = {cloud.meant(function.properties["Role"]).id for function in functions}

    assert len(roles) == len(functions)
    machines = cloud.all("AWS::StepFunctions::StateMachine")
    assert len(cloud.all("AWS::IAM::Role")) == len(functions) + len(schedules) + len(machines)
    assert cloud.all("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy") == []


@pytest.mark.parametrize(("schedule", "function"), SCHEDULED.items())
def test_a_schedule_may_run_its_function_and_no_other(
    cloud: Synthesis, schedule: str, function: str
) -> None:
    """Beside that it may leave what it could not start in the queue for unfinished jobs."""
    role = cloud.named(f"{schedule}Role")
    (policy,) = role.properties["Policies"]

    found = {
        f"{statement['Action']} {cloud.meant(statement['Resource']).id[:-8]}"
        for statement in policy["PolicyDocument"]["Statement"]
    }

    assert found == {f"lambda:InvokeFunction {function}", "sqs:SendMessage QueuesUnfinishedJobs"}


def test_the_state_machine_may_run_its_tasks_and_write_its_log(cloud: Synthesis) -> None:
    """No other function; and its log holds no data of an execution."""
    machine = cloud.named("HistoricSyncMachine").properties
    (policy,) = cloud.named("HistoricSyncMachineRole").properties["Policies"]
    statements = policy["PolicyDocument"]["Statement"]

    invoked = {
        f"{s['Action']} {cloud.meant(resource).id[:-8]}"
        for s in statements
        if s["Resource"] != "*"
        for resource in _each(s["Resource"])
    }

    (logs,) = [s for s in statements if s["Resource"] == "*"]
    assert invoked == MACHINE
    assert all(action.startswith("logs:") for action in logs["Action"])
    assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False


def allowed(synthesis: Synthesis, function: Resource) -> set[str]:
    """Every pair of action and resource that the role of `function` allows, with conditions."""
    role = synthesis.meant(function.properties["Role"])
    (policy,) = role.properties["Policies"]
    return {
        f"{action} {resource}{_conditions(statement)}"
        for statement in policy["PolicyDocument"]["Statement"]
        for action in _each(statement["Action"])
        for resource in _resources(synthesis, function, statement)
    }


def _resources(
    synthesis: Synthesis, function: Resource, statement: dict[str, Any]
) -> Iterator[str]:
    log = synthesis.meant(function.properties["LoggingConfig"]["LogGroup"])
    for resource in _each(statement["Resource"]):
        match resource:
            case {"Fn::Join": [_, [{"Fn::ImportValue": _} as bucket, str(rest)]]}:
                yield f"{synthesis.meant(bucket).id[:-8]}{rest}"
            case {"Fn::Join": [_, parts]}:
                yield str(parts[-1])
            case "*":
                yield resource
            case _:
                meant = synthesis.meant(resource)
                yield "own log" if meant == log else meant.id[:-8]


def _conditions(statement: dict[str, Any]) -> str:
    keys = [key for test in statement.get("Condition", {}).values() for key in test]
    return f" if {' '.join(sorted(keys))}" if keys else ""


def _each(one_or_more: Any) -> list[Any]:
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]
