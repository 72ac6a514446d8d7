"""Writes change the simulated store, are remembered, and make webhooks, as on Shopify."""

from typing import Any

import pytest

from tests.local.store_shop import StoreInProcess

CONSENT = """
mutation Consent($input: CustomerEmailMarketingConsentUpdateInput!) {
  customerEmailMarketingConsentUpdate(input: $input) {
    customer { defaultEmailAddress { marketingState marketingUpdatedAt } }
    userErrors { code field message }
  }
}
"""
SET = """
mutation Set($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
  customerSet(identifier: $identifier, input: $input) {
    customer { id firstName lastName tags }
    userErrors { code field message }
  }
}
"""


@pytest.fixture
def store() -> StoreInProcess:
    """A store with a past, in this process."""
    return StoreInProcess()


def consent(gid: str, state: str) -> dict[str, Any]:
    """Input of the consent mutation, given at a moment of the past."""
    given = {"marketingState": state, "consentUpdatedAt": "2026-11-01T10:00:00Z"}
    return {"customerId": gid, "emailMarketingConsent": given}


def test_consent_is_written_with_its_own_time(store: StoreInProcess) -> None:
    """The customer's state and its moment are as sent; the webhook of our own write is kept."""
    gid = store.get("/_world/customers")[0]["id"]

    answer = store.ask(CONSENT, input=consent(gid, "UNSUBSCRIBED"))

    assert answer["data"]["customerEmailMarketingConsentUpdate"] == {
        "customer": {
            "defaultEmailAddress": {
                "marketingState": "UNSUBSCRIBED",
                "marketingUpdatedAt": "2026-11-01T10:00:00Z",
            }
        },
        "userErrors": [],
    }
    (mutation,) = store.get("/_received")["mutations"]
    assert mutation["name"] == "customerEmailMarketingConsentUpdate"
    assert mutation["arguments"]["input"]["customerId"] == gid
    assert [each["topic"] for each in mutation["webhooks"]] == [
        "customers_email_marketing_consent/update",
        "customers/update",
    ]


@pytest.mark.parametrize("state", ["NOT_SUBSCRIBED", "REDACTED", "INVALID"])
def test_states_of_the_enum_that_are_not_taken(store: StoreInProcess, state: str) -> None:
    """The input enum holds more states than Shopify accepts."""
    gid = store.get("/_world/customers")[0]["id"]

    answer = store.ask(CONSENT, input=consent(gid, state))

    (error,) = answer["data"]["customerEmailMarketingConsentUpdate"]["userErrors"]
    assert error["code"] == "INVALID"
    assert error["field"] == ["input", "emailMarketingConsent", "marketingState"]


def test_set_creates_then_updates(store: StoreInProcess) -> None:
    """An unknown e-mail makes a customer; then fields not sent stay, and tags are replaced."""
    identifier = {"email": "jane@example.com"}
    store.ask(SET, identifier=identifier, input={"firstName": "Jane", "tags": ["a", "b"]})

    answer = store.ask(SET, identifier=identifier, input={"lastName": "Doe", "tags": ["c"]})

    customer = answer["data"]["customerSet"]["customer"]
    assert (customer["firstName"], customer["lastName"]) == ("Jane", "Doe")
    assert customer["tags"] == ["c"]
    received = store.get("/_received")["mutations"]
    topics = [[webhook["topic"] for webhook in each["webhooks"]] for each in received]
    assert topics == [["customers/create"], ["customers/update"]]


def test_set_refuses_two_different_addresses(store: StoreInProcess) -> None:
    """Identifier and input may not disagree."""
    answer = store.ask(SET, identifier={"email": "a@example.com"}, input={"email": "b@example.com"})

    (error,) = answer["data"]["customerSet"]["userErrors"]
    assert (error["code"], error["field"]) == ("INPUT_MISMATCH", ["input", "email"])


def test_tags_are_added_not_replaced(store: StoreInProcess) -> None:
    """`tagsAdd` keeps what is there; adding it again changes nothing and tells nobody."""
    gid = store.happen("register")["resources"][0]
    query = """mutation Tag($id: ID!, $tags: [String!]!) {
      tagsAdd(id: $id, tags: $tags) { node { id } userErrors { message } } }"""
    store.ask(query, id=gid, tags=["first"])

    store.ask(query, id=gid, tags=["second"])
    store.ask(query, id=gid, tags=["second"])

    number = gid.rpartition("/")[2]
    assert store.get(f"/_world/customers/{number}")["tags"] == ["first", "second"]
    webhooks = [len(each["webhooks"]) for each in store.get("/_received")["mutations"]]
    assert webhooks == [2, 2, 0]


def test_a_topic_takes_an_address_once(store: StoreInProcess) -> None:
    """Subscribing twice to the same address is refused; the list shows the first."""
    query = """mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
      webhookSubscriptionCreate(topic: $topic, webhookSubscription: {uri: $uri}) {
        webhookSubscription { id uri } userErrors { message } } }"""
    store.ask(query, topic="ORDERS_CREATE", uri="https://example.com/hooks")

    again = store.ask(query, topic="ORDERS_CREATE", uri="https://example.com/hooks")

    (error,) = again["data"]["webhookSubscriptionCreate"]["userErrors"]
    assert error["message"] == "Address for this topic has already been taken"
    listed = store.ask("{ webhookSubscriptions(first: 5) { nodes { topic uri } } }")
    assert listed["data"]["webhookSubscriptions"]["nodes"] == [
        {"topic": "ORDERS_CREATE", "uri": "https://example.com/hooks"}
    ]
