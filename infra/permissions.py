"""
What a role may be allowed, action by action. Nothing is granted by CDK's own `grant_*`,
whose lists are wider than what our code calls.
"""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk.aws_dynamodb import ITable
from aws_cdk.aws_kms import IKey
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_s3 import IBucket
from aws_cdk.aws_sns import ITopic
from aws_cdk.aws_sqs import IQueue
from constructs import IConstruct

from infra.permission import Permission

READ = ("GetItem",)
UPDATE = ("GetItem", "UpdateItem")
WRITE = ("GetItem", "PutItem", "UpdateItem")


def table(table: ITable, actions: Sequence[str]) -> Permission:
    """These calls on the items of one table; not on its indexes, not on the table itself."""
    return Permission(
        actions=[f"dynamodb:{action}" for action in actions], resources=[table.table_arn]
    )


def put(bucket: IBucket, *prefixes: str) -> Permission:
    """Writing objects below `prefixes`."""
    return _objects("s3:PutObject", bucket, prefixes)


def tag(bucket: IBucket, *prefixes: str) -> Permission:
    """Writing objects below `prefixes` with a tag."""
    return _objects("s3:PutObjectTagging", bucket, prefixes)


def get(bucket: IBucket, *prefixes: str) -> Permission:
    """Reading objects below `prefixes`."""
    return _objects("s3:GetObject", bucket, prefixes)


def delete(bucket: IBucket, *prefixes: str) -> Permission:
    """Deleting objects below `prefixes`."""
    return _objects("s3:DeleteObject", bucket, prefixes)


def abort(bucket: IBucket, *prefixes: str) -> Permission:
    """Giving up objects below `prefixes` that were written in part."""
    return _objects("s3:AbortMultipartUpload", bucket, prefixes)


def list_objects(bucket: IBucket) -> Permission:
    """Finding out which objects a bucket holds."""
    return Permission(actions=["s3:ListBucket"], resources=[exported(bucket, bucket.bucket_arn)])


def publish(topic: ITopic) -> Permission:
    """Publishing to one topic."""
    return Permission(actions=["sns:Publish"], resources=[topic.topic_arn])


def send(queue: IQueue) -> Permission:
    """Sending to one queue: Lambda does it in our name with what failed asynchronously."""
    return Permission(actions=["sqs:SendMessage"], resources=[queue.queue_arn])


def consume(*queues: IQueue) -> Permission:
    """Taking messages from `queues`, and letting them wait longer before they come back."""
    return Permission(
        actions=[
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
        ],
        resources=[queue.queue_arn for queue in queues],
    )


def use_key(key: IKey, *services: str) -> Permission:
    """
    What S3 and SNS do with `key` in the caller's name when content goes in or comes out.

    Only through these services: the caller cannot use the key on data of its own.
    """
    return Permission(
        actions=["kms:Decrypt", "kms:GenerateDataKey"],
        resources=[key.key_arn],
        conditions={"StringEquals": {"kms:ViaService": [via(key, s) for s in services]}},
    )


def decrypt_secrets(key: IKey) -> Permission:
    """Reading a store's tokens and its Netcore key; each is bound to its store by context."""
    return Permission(
        actions=["kms:Decrypt"],
        resources=[key.key_arn],
        conditions={"Null": {"kms:EncryptionContext:store": "false"}},
    )


def encrypt_secrets(key: IKey) -> Permission:
    """Sealing a store's tokens; what is sealed names its store."""
    return Permission(
        actions=["kms:Encrypt"],
        resources=[key.key_arn],
        conditions={"Null": {"kms:EncryptionContext:store": "false"}},
    )


def invoke(function: IFunction) -> Permission:
    """Running one function of ours."""
    return Permission(actions=["lambda:InvokeFunction"], resources=[function.function_arn])


def read_metrics() -> Permission:
    """Reading what CloudWatch has measured."""
    return Permission(
        actions=["cloudwatch:GetMetricData"],
        resources=["*"],
        wildcard_because="CloudWatch knows no resource for metrics, AWS says.",
    )


def start_execution(machine: str) -> Permission:
    """Starting executions of one state machine, which is named before it exists."""
    return Permission(actions=["states:StartExecution"], resources=[machine])


def deliver_logs() -> Permission:
    """What Step Functions needs to write a state machine's log."""
    return Permission(
        actions=[
            "logs:CreateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:UpdateLogDelivery",
        ],
        resources=["*"],
        wildcard_because="CloudWatch Logs knows no resource for these calls, AWS says.",
    )


def invoke_of(scope: IConstruct, stack: str) -> Permission:
    """Running the functions of `stack`, which is deployed later; names keep 24 letters of it."""
    return Permission(
        actions=["lambda:InvokeFunction"],
        resources=[
            cdk.Stack.of(scope).format_arn(
                service="lambda",
                resource="function",
                resource_name=f"{stack[:24]}*",
                arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
            )
        ],
        wildcard_because="Topic functions belong to a stack that is deployed later; all its own.",
    )


def index(table: ITable, name: str) -> Permission:
    """Finding rows by one index."""
    return Permission(
        actions=["dynamodb:Query"], resources=[f"{exported(table, table.table_arn)}/index/{name}"]
    )


def read_parameter(scope: IConstruct, name: str) -> Permission:
    """Reading the parameter `name` of `scope`'s account, which is no secret."""
    return Permission(actions=["ssm:GetParameter"], resources=[_parameter_arn(scope, name)])


def _parameter_arn(scope: IConstruct, name: str) -> str:
    return cdk.Stack.of(scope).format_arn(
        service="ssm", resource="parameter", resource_name=name.removeprefix("/")
    )


def secret_parameter(scope: IConstruct, key: IKey, name: str) -> list[Permission]:
    """Reading the SecureString `name`, and nothing else that its key protects."""
    arn = _parameter_arn(scope, name)
    return [
        read_parameter(scope, name),
        Permission(
            actions=["kms:Decrypt"],
            resources=[key.key_arn],
            conditions={
                "StringEquals": {
                    "kms:ViaService": via(key, "ssm"),
                    "kms:EncryptionContext:PARAMETER_ARN": arn,
                }
            },
        ),
    ]


def list_streams(table: ITable) -> Permission:
    """Finding out which streams a table has, as AWS's own policy for its poller words it."""
    return Permission(
        actions=["dynamodb:ListStreams"],
        resources=[f"{exported(table, table.table_arn)}/stream/*"],
        wildcard_because="AWS names a stream after its time of birth; it is this table's alone.",
    )


def _objects(action: str, bucket: IBucket, prefixes: Sequence[str]) -> Permission:
    arn = exported(bucket, bucket.bucket_arn)
    return Permission(
        actions=[action],
        resources=[f"{arn}/{prefix}" for prefix in prefixes],
        wildcard_because="Objects are named by store, day and delivery; the prefix is the limit.",
    )


def exported(owner: IConstruct, attribute: str) -> str:
    """An attribute of a resource of the data stack, as other stacks import it."""
    imported: str = cdk.Stack.of(owner).export_value(attribute)
    return imported


def via(key: IKey, service: str) -> str:
    """How KMS names a service that calls it for somebody."""
    return f"{service}.{cdk.Stack.of(key).region}.amazonaws.com"
