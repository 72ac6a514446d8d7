"""How much there is of everything, and what every Lambda and log has."""

from collections import Counter

from infra.topics import TOPICS
from infra.workers import COUNTERS, DEAD_LETTERS, WORKERS
from tests.infra.synthesis import Synthesis

# Of CloudFormation. Half of it stays free: some 35 topics come.
RESOURCES = 500

# With the bus: function, role, log group, retries, route, integration, rule, and that API and
# bus may call. Without it rule and second permission are missing.
OF_A_TOPIC = 9
OF_ALL_TOPICS = 4  # two layers, bus, parameter

DATA = {
    "AWS::KMS::Key": 2,
    "AWS::DynamoDB::Table": 7,
    "AWS::S3::Bucket": 3,
    "AWS::S3::BucketPolicy": 3,
}
CORE = {
    "AWS::ApiGatewayV2::Api": 1,
    "AWS::ApiGatewayV2::Integration": 9,
    "AWS::ApiGatewayV2::Route": 19,
    "AWS::ApiGatewayV2::Stage": 1,
    "AWS::CloudWatch::Alarm": 41,
    "AWS::IAM::Role": 38,
    "AWS::Lambda::EventInvokeConfig": 5,
    "AWS::Lambda::EventSourceMapping": 33,
    "AWS::Lambda::Function": 33,
    "AWS::Lambda::LayerVersion": 4,
    "AWS::Lambda::Permission": 19,
    "AWS::Logs::LogGroup": 35,
    "AWS::SNS::Subscription": 10,
    "AWS::SNS::Topic": 2,
    "AWS::SNS::TopicPolicy": 2,
    "AWS::SQS::Queue": 33,
    "AWS::SQS::QueuePolicy": 33,
    "AWS::SSM::Parameter": 1,
    "AWS::Scheduler::Schedule": 4,
    "AWS::StepFunctions::StateMachine": 1,
}


def test_data_and_core_hold_what_is_listed(cloud: Synthesis) -> None:
    """Nothing appears beside what we meant to deploy, no custom resource of CDK's above all."""
    assert counted(cloud, "Data") == DATA
    assert counted(cloud, "Core") == CORE


def test_webhooks_grow_by_nine_resources_a_topic(cloud: Synthesis) -> None:
    """The stack has room for twice as many topics as are planned."""
    total = sum(counted(cloud, "Webhooks").values())

    assert total == OF_A_TOPIC * len(TOPICS) + OF_ALL_TOPICS
    assert total < RESOURCES


def test_every_worker_has_its_file() -> None:
    """A worker that is declared is written."""
    sources = [*(worker.source for worker in (*WORKERS, DEAD_LETTERS)), *COUNTERS]

    assert [source.name for source in sources if not source.is_file()] == []


def test_every_function_runs_on_the_same_runtime(cloud: Synthesis) -> None:
    """Python 3.13 on arm64, both layers, logs as JSON."""
    for function in cloud.all("AWS::Lambda::Function"):
        properties = function.properties
        assert (properties["Runtime"], properties["Architectures"]) == ("python3.13", ["arm64"])
        assert properties["LoggingConfig"]["LogFormat"] == "JSON"
        assert len(properties["Layers"]) == 2


def test_functions_use_the_layers_of_their_own_stack(cloud: Synthesis) -> None:
    """An exported layer could never be replaced while another stack imports it."""
    for function in cloud.all("AWS::Lambda::Function"):
        assert [set(layer) for layer in function.properties["Layers"]] == [{"Ref"}, {"Ref"}]


def test_every_function_has_its_own_log_which_ends(cloud: Synthesis) -> None:
    """No two functions share a log group, and all keep 30 days."""
    functions = cloud.all("AWS::Lambda::Function")
    groups = cloud.all("AWS::Logs::LogGroup")
    used = {cloud.meant(f.properties["LoggingConfig"]["LogGroup"]).id for f in functions}

    assert len(used) == len(functions)
    assert {group.properties["RetentionInDays"] for group in groups} == {30}


def test_no_secret_is_in_an_environment(cloud: Synthesis) -> None:
    """Functions are told where secrets lie, never what they are."""
    told = {
        variable
        for function in cloud.all("AWS::Lambda::Function")
        for variable in function.properties["Environment"]["Variables"]
    }

    assert told == {
        "APP_URL",
        "ARCHIVE_BUCKET",
        "CATALOGUE_TABLE",
        "CHECKOUTS_TABLE",
        "CLIENT_SECRETS_PARAMETER",
        "COLLECT_URL",
        "COMMANDS_TOPIC_ARN",
        "CONTACTS_TABLE",
        "DEPLOYMENT_PARAMETER",
        "HISTORIC_SYNC_ARN",
        "HISTORY_LANES",
        "KEPT_BUCKET",
        "LANES",
        "LEDGER_TABLE",
        "LOG_LEVEL",
        "POWERTOOLS_METRICS_NAMESPACE",
        "POWERTOOLS_SERVICE_NAME",
        "RECEIPTS_TABLE",
        "RECONCILIATION_QUEUE_URL",
        "RESUME_FUNCTION",
        "RUNS_TABLE",
        "SHOPIFY_CLIENT_ID",
        "SHOPIFY_SCOPES",
        "STAGE",
        "STORES_TABLE",
        "STORE_KEY_ARN",
        "TOPICS_PARAMETER",
        "WORKER_SECONDS",
    }


def counted(synthesis: Synthesis, stack: str) -> Counter[str]:
    """How many resources of each type `stack` has."""
    return Counter(r["Type"] for r in synthesis.templates[stack]["Resources"].values())
