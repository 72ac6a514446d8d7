"""
The only way to Shopify's Admin API: GraphQL through `shopifyapp`, its gaps closed.

`shopifyapp` 1.0.2 takes any shop name, sleeps on 429 and 5xx, drops `data` and
`extensions` when there are `errors`, and does not know THROTTLED. Here the domain is
checked first, nothing sleeps, and `verdict` reads what it dropped.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger
from shopify_app import GQLResult
from shopify_app.graphql import admin_graphql_request

from shopbridge.errors import AdminRejected
from shopbridge.shopify.domain import SUFFIX, is_store
from shopbridge.shopify.verdict import Answer, judge
from shopbridge.shopify.version import API_VERSION
from shopbridge.shopify.wire import Http

logger = Logger()


class Gateway:
    """One store's Admin API, under its own token; `renew` trades one that was refused."""

    def __init__(
        self,
        http: Http,
        store: str,
        access_token: str | None,
        renew: Callable[[str], str] | None = None,
    ) -> None:
        if not is_store(store):
            raise AdminRejected("not the domain of a store")
        if not access_token:
            raise AdminRejected("no Shopify access token is saved")
        self._http = http
        self._store = store
        self._access_token = access_token
        self._renew = renew

    def ask(self, document: str, variables: Mapping[str, Any]) -> Answer:
        """
        Execute `document` once; waiting is left to the caller's queue.

        Shopify does nothing under a token that it refuses, so then it is asked again.

        Raises:
            AdminUnavailable: throttled, failing or silent.
            AdminTooCostly: the same in smaller pieces may pass.
            AdminRejected: Shopify refuses for good.
        """
        result = self._execute(document, variables)
        if result.response.status == HTTPStatus.UNAUTHORIZED and self._renew:
            self._access_token = self._renew(self._access_token)
            result = self._execute(document, variables)
        self._mention(result)
        answer = judge(result)
        if answer.denied:
            logger.warning("access denied", extra={"shop": self._store, "fields": answer.denied})
        return answer

    def _execute(self, document: str, variables: Mapping[str, Any]) -> GQLResult:
        return admin_graphql_request(
            document,
            shop=self._store.removesuffix(SUFFIX),
            access_token=self._access_token,
            api_version=API_VERSION,
            variables=dict(variables),
            max_retries=0,
            http_client=self._http,
        )

    def _mention(self, result: GQLResult) -> None:
        """Log what Shopify says in passing about the API version in use."""
        headers = result.response.headers
        served = headers.get("x-shopify-api-version", API_VERSION)
        reason = headers.get("x-shopify-api-deprecated-reason")
        if served != API_VERSION or reason:
            logger.warning(
                "api version", extra={"shop": self._store, "served": served, "deprecated": reason}
            )
