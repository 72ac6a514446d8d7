"""
`orders/create` as a good engineer writes it with Powertools, pydantic and boto3.

It does less than ours: the secret comes from the environment, there is no ledger, no
store and no translation; the order is validated and goes to one queue.
"""

import base64
import hashlib
import hmac
import os
from typing import Annotated, Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from benchmarks.baselines.order import Order

logger = Logger()
metrics = Metrics()
tracer = Tracer()
app = APIGatewayHttpResolver(enable_validation=True)
sqs = boto3.client("sqs")

SECRET = os.environ["CLIENT_SECRET"].encode()
QUEUE_URL = os.environ["QUEUE_URL"]


def authenticated(app: APIGatewayHttpResolver, next_middleware: NextMiddleware) -> Response[Any]:
    """Answer 401 to a body that the app's secret did not sign."""
    event = app.current_event
    signature = event.headers.get("x-shopify-hmac-sha256", "")
    digest = hmac.digest(SECRET, (event.decoded_body or "").encode(), hashlib.sha256)
    if not hmac.compare_digest(base64.b64encode(digest), signature.encode()):
        metrics.add_metric(name="Refused", unit=MetricUnit.Count, value=1)
        return Response(status_code=401, content_type="application/json", body="{}")
    return next_middleware(app)


@app.post("/webhooks/orders/create", middlewares=[authenticated])
@tracer.capture_method(capture_response=False)
def create(order: Annotated[Order, Body()]) -> dict[str, str]:
    """Queue a valid order's body with the headers that the worker needs."""
    event = app.current_event
    names = ("topic", "shop-domain", "event-id", "webhook-id", "triggered-at")
    sqs.send_message(
        QueueUrl=QUEUE_URL,
        MessageBody=event.body or "",
        MessageAttributes={
            name: {"DataType": "String", "StringValue": event.headers[f"x-shopify-{name}"]}
            for name in names
        },
    )
    metrics.add_metric(name="Published", unit=MetricUnit.Count, value=1)
    logger.info(
        "published",
        extra={"order": order.name, "webhook_id": event.headers["x-shopify-webhook-id"]},
    )
    return {"status": "queued"}


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Serve one request."""
    return app.resolve(event, context)
