"""The API's OpenAPI document, from the operations themselves."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus as Http
from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import (
    APIKey,
    APIKeyIn,
    HTTPBearer,
    Server,
    ServerVariable,
)

from shopbridge.entry.api import repeats
from shopbridge.entry.api.caller import MERCHANTS, OPERATORS
from shopbridge.entry.api.operations import OPERATIONS, Operation, resolver
from shopbridge.entry.api.problems import JSON, Refusal

EVERYWHERE: Final = (
    Http.BAD_REQUEST,
    Http.UNAUTHORIZED,
    Http.FORBIDDEN,
    Http.NOT_FOUND,
    Http.TOO_MANY_REQUESTS,
    Http.INTERNAL_SERVER_ERROR,
    Http.SERVICE_UNAVAILABLE,
)
"""403 and 429 are API Gateway's own, for operators whom IAM refuses and for floods."""
WITH_BODY: Final = (Http.REQUEST_ENTITY_TOO_LARGE, Http.UNSUPPORTED_MEDIA_TYPE)

ABOUT: Final = (
    "Shows and changes what a store sends to Netcore. The embedded page calls it with Shopify's "
    "session token, which alone says for which store; operators call the same resources below "
    "`/ops/v1/stores/{store}` with requests that are signed for AWS IAM (service `execute-api`)."
)
_TAG: Final = "ETag"
_KEY: Final[Mapping[str, Any]] = {
    "name": repeats.NAME,
    "in": "header",
    "required": False,
    "description": "Names this request: sent again within 24 h, it is answered as the first was, "
    "and done once. For another request, or while the first is at work: 409.",
    "schema": {"type": "string", "pattern": repeats.PATTERN, "minLength": 1, "maxLength": 255},
}
_WHY: Final[Mapping[Http, str]] = {
    Http.BAD_REQUEST: "Something in it is wrong; the field is named.",
    Http.UNAUTHORIZED: "No session token that is good now.",
    Http.FORBIDDEN: "IAM does not allow it.",
    Http.NOT_FOUND: "Nothing here, or somebody else's.",
    Http.CONFLICT: "Not as things stand.",
    Http.GONE: "It is no longer kept.",
    Http.PRECONDITION_FAILED: "Somebody saved meanwhile.",
    Http.REQUEST_ENTITY_TOO_LARGE: "More than 64 KB.",
    Http.UNSUPPORTED_MEDIA_TYPE: "Not application/json.",
    Http.UNPROCESSABLE_ENTITY: "What is chosen does not fit together; the field is named.",
    Http.TOO_MANY_REQUESTS: "Too many at once.",
    Http.INTERNAL_SERVER_ERROR: "Something went wrong here.",
    Http.SERVICE_UNAVAILABLE: "Try again in a moment.",
}


def written() -> str:
    """Write the document as it is committed: indented, one line feed at its end."""
    return json.dumps(document(resolver()), indent=2, ensure_ascii=False) + "\n"


def document(app: APIGatewayHttpResolver) -> dict[str, Any]:
    """Describe the operations of `app`, and how each may end."""
    told: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Shopbridge settings API",
            version="1",
            openapi_version="3.1.0",
            description=ABOUT,
            servers=[Server(url=MERCHANTS, description="For the embedded page."), _operators()],
            security_schemes={
                "session": HTTPBearer(
                    description="Session token of App Bridge.", bearerFormat="JWT"
                ),
                "iam": APIKey(
                    name="Authorization",
                    in_=APIKeyIn.header,
                    description="AWS Signature Version 4, on the operators' paths.",
                ),
            },
            security=[{"session": []}, {"iam": []}],
        )
    )
    schemas = told["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schemas.pop(unused, None)
    refusal = Refusal.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= {**refusal.pop("$defs"), "Refusal": refusal}
    told["components"]["schemas"] = dict(sorted(schemas.items()))
    for one in OPERATIONS:
        _complete(told["paths"][one.path][one.method.lower()], one)
    return told


def _complete(described: dict[str, Any], one: Operation) -> None:
    """Say how `one` may end; Powertools' own guess at refusals is not ours."""
    answers: dict[str, Any] = described["responses"]
    good = answers["200"]
    if one.path == "/settings" or one.method == "PUT":
        good["headers"] = {_TAG: {"required": True, "schema": {"type": "string"}}}
    may_repeat = one.method in repeats.METHODS and one.is_kept
    if may_repeat:
        described.setdefault("parameters", []).append(_KEY)
    refused = sorted(
        {
            *EVERYWHERE,
            *(WITH_BODY if one.takes_body else ()),
            *((Http.CONFLICT,) if may_repeat else ()),
            *one.refuses,
        }
    )
    described["responses"] = {"200": good, **_refusals(refused)}


def _refusals(statuses: Iterable[Http]) -> Mapping[str, Any]:
    content = {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {str(int(one)): {"description": _WHY[one], "content": content} for one in statuses}


def _operators() -> Server:
    return Server(
        url=OPERATORS,
        description="For operators, by IAM.",
        variables={"store": ServerVariable(default="vapid-store.myshopify.com")},
    )
