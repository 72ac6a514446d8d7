"""How queues feed workers, and what goes into which queue."""

from infra.workers import DEAD_LETTERS, WORKERS
from tests.infra.synthesis import Resource, Synthesis

KINDS = {
    "Activities": "RecordActivity",
    "Archive": "delivery",
    "Catalogue": "RefreshProduct",
    "Consents": "ChangeConsent",
}
TIMED = ("WatchCheckout", "CloseCheckout", "TouchCart")
CONTACTS = ("RefreshContact", "SendContact")
PRIVACY = ("ErasePerson", "EraseStore", "ExportPerson")
TO_SHOPIFY = ("Unsubscribe", "FillCustomer")
LIFECYCLE = ("UpdateShop", "Uninstall", "NoteScopes", "NoteBulkOperation")
TRACKING = ("HoldActivity", "KnowVisitor", "ConfigureStorefront")


def test_each_kind_of_command_has_its_queue(cloud: Synthesis) -> None:
    """A queue takes a message as it was published, if the attribute of its kind is there."""
    subscriptions = cloud.all("AWS::SNS::Subscription")
    filters = {
        cloud.meant(s.properties["Endpoint"]).id[:-8].removeprefix("Queues"): s.properties[
            "FilterPolicy"
        ]
        for s in subscriptions
    }

    assert filters == {
        **{lane: {kind: [{"exists": True}]} for lane, kind in KINDS.items()},
        "Checkouts": {"$or": [{kind: [{"exists": True}]} for kind in TIMED]},
        "Contacts": {"$or": [{kind: [{"exists": True}]} for kind in CONTACTS]},
        "Lifecycle": {"$or": [{kind: [{"exists": True}]} for kind in LIFECYCLE]},
        "Privacy": {"$or": [{kind: [{"exists": True}]} for kind in PRIVACY]},
        "ToShopify": {"$or": [{kind: [{"exists": True}]} for kind in TO_SHOPIFY]},
        "WebsiteTracking": {"$or": [{kind: [{"exists": True}]} for kind in TRACKING]},
    }
    assert {s.properties["RawMessageDelivery"] for s in subscriptions} == {True}


def test_no_second_worker_gets_a_message_while_the_first_works(cloud: Synthesis) -> None:
    """Visibility is six times the worker's time, as AWS asks."""
    for mapping in cloud.all("AWS::Lambda::EventSourceMapping"):
        source = cloud.meant(mapping.properties["EventSourceArn"])
        worker = cloud.meant(mapping.properties["FunctionName"])
        if source.type == "AWS::SQS::Queue":
            visible = source.properties["VisibilityTimeout"]
            assert visible >= 6 * worker.properties["Timeout"], source.id


def test_one_bad_message_does_not_fail_its_batch(cloud: Synthesis) -> None:
    """Every source takes back single messages and runs a bounded number of workers."""
    for mapping in cloud.all("AWS::Lambda::EventSourceMapping"):
        properties = mapping.properties
        assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        if cloud.meant(properties["EventSourceArn"]).type == "AWS::SQS::Queue":
            assert properties["ScalingConfig"]["MaximumConcurrency"] >= 2


def test_live_goes_before_history(cloud: Synthesis) -> None:
    """The same worker serves both lanes, with fewer at once on the history lane."""
    fed = {
        cloud.meant(m.properties["EventSourceArn"]).id[:-8]: m.properties
        for m in cloud.all("AWS::Lambda::EventSourceMapping")
    }
    for lane in ("Activities", "Contacts", "Consents", "Catalogue"):
        live, history = fed[f"Queues{lane}"], fed[f"Queues{lane}History"]
        assert live["FunctionName"] == history["FunctionName"]
        assert (
            live["ScalingConfig"]["MaximumConcurrency"]
            > history["ScalingConfig"]["MaximumConcurrency"]
        )


def test_batches_are_as_large_as_the_other_side_takes(cloud: Synthesis) -> None:
    """A hundred messages within a second; the archive waits a minute for five hundred."""
    taken = {worker.name: (worker.batch, worker.window_seconds) for worker in WORKERS}

    assert taken == {
        "activities": (100, 1),
        "archive": (500, 60),
        "catalogue": (100, 1),
        "checkouts": (100, 1),
        "consents": (100, 1),
        "contacts": (100, 1),
        "lifecycle": (10, 1),
        "privacy": (10, 1),
        "to_shopify": (100, 1),
        "website_tracking": (100, 1),
    }


def test_dead_letters_are_emptied_by_one_worker(cloud: Synthesis) -> None:
    """It takes from all but the queue that holds no content, where counting was given up."""
    emptied = {
        cloud.meant(m.properties["EventSourceArn"]).id[:-8]
        for m in cloud.all("AWS::Lambda::EventSourceMapping")
        if cloud.meant(m.properties["FunctionName"]).id[:-8] == "DeliveryDeadLetters"
    }

    assert len(emptied) == 16
    assert "QueuesUncounted" not in emptied
    assert DEAD_LETTERS.seconds == 30


def test_counters_do_not_count_their_own_rows(cloud: Synthesis) -> None:
    """The ledger's stream leaves out rows without a topic, else each count would cause another."""
    assert filters(cloud, "TablesLedger") == [
        '{"eventName":["INSERT","MODIFY"],'
        '"dynamodb":{"NewImage":{"topic":{"S":[{"exists":true}]}}}}'
    ]


def test_erased_contacts_are_counted_too(cloud: Synthesis) -> None:
    """Consent that is known now, or was until the row went."""
    assert filters(cloud, "TablesContacts") == [
        '{"dynamodb":{"NewImage":{"email_wanted":{"S":[{"exists":true}]}}}}',
        '{"dynamodb":{"OldImage":{"email_wanted":{"S":[{"exists":true}]}}}}',
    ]


def test_counting_that_is_given_up_raises_an_alarm(cloud: Synthesis) -> None:
    """Both streams leave their position where the alarm on depth looks."""
    places = [
        cloud.meant(m.properties["DestinationConfig"]["OnFailure"]["Destination"]).id[:-8]
        for m in streams(cloud)
    ]

    assert places == ["QueuesUncounted", "QueuesUncounted"]


def streams(cloud: Synthesis) -> list[Resource]:
    """The mappings that follow a table."""
    mappings = cloud.all("AWS::Lambda::EventSourceMapping")
    return [m for m in mappings if "StartingPosition" in m.properties]


def filters(cloud: Synthesis, table: str) -> list[str]:
    """The patterns of changes of `table` that are counted."""
    (found,) = [
        m.properties["FilterCriteria"]["Filters"]
        for m in streams(cloud)
        if cloud.meant(m.properties["EventSourceArn"]).id[:-8] == table
    ]
    return [one["Pattern"] for one in found]
