"""The environment variables of a measured process: Lambda's own, infra's, and nothing else."""

import os
from collections.abc import Iterable

from benchmarks import scene


def variables(imports_from: Iterable[str]) -> dict[str, str]:
    """Return what both functions get, ours and the typical one."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": os.pathsep.join(imports_from),
        "PYTHONDONTWRITEBYTECODE": "1",  # Lambda's file system is read-only
        "LAMBDA_TASK_ROOT": "/var/task",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_LAMBDA_FUNCTION_NAME": "orders-create",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "POWERTOOLS_SERVICE_NAME": "shopbridge",
        "POWERTOOLS_METRICS_NAMESPACE": "Shopbridge",
        "LOG_LEVEL": "INFO",
        # ours
        "STAGE": "bench",
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "COMMANDS_TOPIC_ARN": scene.TOPIC_ARN,
        "KEPT_BUCKET": "kept",
        "CLIENT_SECRETS_PARAMETER": "/shopbridge/bench/client-secrets",
        # the typical handler's
        "CLIENT_SECRET": scene.SECRET,
        "QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/orders",
    }
