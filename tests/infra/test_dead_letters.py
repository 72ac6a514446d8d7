"""Nothing is lost in silence: what fails has a place, and the place has an alarm."""

from typing import Any

from shopbridge.telemetry import NAMESPACE, SERVICE
from tests.infra.synthesis import Resource, Synthesis

DAY = 24 * 3600
DEAD = {
    "QueuesActivitiesDead",
    "QueuesActivitiesHistoryDead",
    "QueuesArchiveDead",
    "QueuesCatalogueDead",
    "QueuesCatalogueHistoryDead",
    "QueuesCheckoutsDead",
    "QueuesPrivacyDead",
    "QueuesConsentsDead",
    "QueuesConsentsHistoryDead",
    "QueuesContactsDead",
    "QueuesContactsHistoryDead",
    "QueuesFailedInvocations",
    "QueuesLifecycleDead",
    "QueuesUncounted",
    "QueuesUndeliveredEvents",
    "QueuesUnfinishedJobs",
    "QueuesToShopifyDead",
    "QueuesWebsiteTrackingDead",
}


def test_every_queue_has_a_dead_letter_queue_of_its_own(cloud: Synthesis) -> None:
    """Each lane has one that nothing else uses; the rest are such queues themselves."""
    lanes = [q for q in cloud.all("AWS::SQS::Queue") if "RedrivePolicy" in q.properties]
    dead = [cloud.meant(redrive(lane)["deadLetterTargetArn"]).id for lane in lanes]
    rest = {q.id[:-8] for q in cloud.all("AWS::SQS::Queue")} - {lane.id[:-8] for lane in lanes}

    assert len(lanes) == 15
    assert len(set(dead)) == len(lanes)
    assert rest == DEAD


def test_a_store_that_is_never_reconciled_lies_with_unfinished_jobs(cloud: Synthesis) -> None:
    """Its message names a store and nothing else; five tries, each an hour after the last."""
    queue = cloud.named("ReconciliationStores")

    assert cloud.meant(redrive(queue)["deadLetterTargetArn"]).id[:-8] == "QueuesUnfinishedJobs"
    assert redrive(queue)["maxReceiveCount"] == 5
    assert queue.properties["VisibilityTimeout"] == 3600


def test_a_message_is_tried_for_four_days(cloud: Synthesis) -> None:
    """Waiting is done by visibility, and each wait costs a receive."""
    queues = [q for q in cloud.all("AWS::SQS::Queue") if "RedrivePolicy" in q.properties]
    lanes = [q for q in queues if q.id.startswith("Queues")]

    assert {redrive(lane)["maxReceiveCount"] for lane in lanes} == {800}


def test_dead_letters_outlive_their_source(cloud: Synthesis) -> None:
    """A dead letter keeps the age it had, so four days must be less than fourteen."""
    kept = {
        q.id[:-8] in DEAD: q.properties["MessageRetentionPeriod"]
        for q in cloud.all("AWS::SQS::Queue")
    }

    assert kept == {False: 4 * DAY, True: 14 * DAY}


def test_every_subscription_has_the_dead_letter_queue_of_its_lane(cloud: Synthesis) -> None:
    """What SNS cannot hand over lies where the lane's own failures lie."""
    for subscription in cloud.all("AWS::SNS::Subscription"):
        lane = cloud.meant(subscription.properties["Endpoint"])
        place = subscription.properties["RedrivePolicy"]["deadLetterTargetArn"]
        assert cloud.meant(place).id[:-8] == f"{lane.id[:-8]}Dead"


def test_every_rule_and_asynchronous_function_has_its_place(cloud: Synthesis) -> None:
    """EventBridge and Lambda each leave what failed in the queue that is meant for it."""
    for rule in cloud.all("AWS::Events::Rule"):
        (target,) = rule.properties["Targets"]
        place = cloud.meant(target["DeadLetterConfig"]["Arn"])
        assert place.id[:-8] == "QueuesUndeliveredEvents"
    for config in cloud.all("AWS::Lambda::EventInvokeConfig"):
        place = cloud.meant(config.properties["DestinationConfig"]["OnFailure"]["Destination"])
        topic = config.stack == "Webhooks"
        assert place.id[:-8] == f"Queues{'FailedInvocations' if topic else 'UnfinishedJobs'}"


def test_every_schedule_has_its_place(cloud: Synthesis) -> None:
    """What could not be started lies with unfinished jobs."""
    schedules = [one.properties for one in cloud.all("AWS::Scheduler::Schedule")]
    places = {cloud.meant(one["Target"]["DeadLetterConfig"]["Arn"]).id[:-8] for one in schedules}
    runs = {
        cloud.meant(one["Target"]["Arn"]).id[:-8]: one["ScheduleExpression"] for one in schedules
    }

    assert runs == {
        "JobsRefreshTokens": "rate(7 days)",
        "AbandonmentSweep": "rate(1 minute)",
        "CatalogueBuild": "rate(5 minutes)",
        "ReconciliationPlan": "rate(1 day)",
    }
    assert places == {"QueuesUnfinishedJobs"}


def test_late_sweeps_raise_an_alarm_and_so_does_silence(cloud: Synthesis) -> None:
    """A sweep that never runs tells nothing: the missing metric rings."""
    (alarm,) = (
        one.properties
        for one in cloud.all("AWS::CloudWatch::Alarm")
        if one.properties["MetricName"] == "SweepLate"
    )

    assert (alarm["Statistic"], alarm["TreatMissingData"]) == ("Maximum", "breaching")


def test_every_dead_letter_queue_has_an_alarm(cloud: Synthesis) -> None:
    """One message is enough, and it goes to the alarm topic."""
    alarms = on_queues(cloud, "ApproximateNumberOfMessagesVisible")

    assert set(alarms) == DEAD
    assert {alarm["Threshold"] for alarm in alarms.values()} == {1}
    assert {action(cloud, alarm) for alarm in alarms.values()} == {"AlarmsTopic"}


def test_every_lane_has_an_alarm_when_it_is_late(cloud: Synthesis) -> None:
    """A quarter of an hour for what is live, a day for history."""
    alarms = on_queues(cloud, "ApproximateAgeOfOldestMessage")
    late = {name.removeprefix("Queues"): alarm["Threshold"] for name, alarm in alarms.items()}

    assert late == {
        "Activities": 900,
        "ActivitiesHistory": DAY,
        "Archive": 900,
        "Catalogue": 900,
        "CatalogueHistory": DAY,
        "Checkouts": 900,
        "Privacy": 900,
        "Consents": 900,
        "ConsentsHistory": DAY,
        "Contacts": 900,
        "ContactsHistory": DAY,
        "ToShopify": 900,
        "Lifecycle": 900,
        "WebsiteTracking": 900,
    }


def test_parked_failed_and_refused_work_raises_an_alarm(cloud: Synthesis) -> None:
    """Our own metrics are watched under the names that the functions write."""
    own = [
        alarm.properties
        for alarm in cloud.all("AWS::CloudWatch::Alarm")
        if alarm.properties["Namespace"] == NAMESPACE
    ]

    assert {alarm["MetricName"]: alarm["Threshold"] for alarm in own} == {
        "Parked": 1,
        "Failed": 1,
        "WrongStore": 1,
        "Refused": 50,
        "SweepLate": 900,
        "FeedLate": 3600,
        "Unmended": 1,
    }
    for alarm in own:
        assert alarm["Dimensions"] == [{"Name": "service", "Value": SERVICE}]


def redrive(queue: Resource) -> dict[str, Any]:
    """Where `queue` sends what failed too often."""
    policy: dict[str, Any] = queue.properties["RedrivePolicy"]
    return policy


def on_queues(synthesis: Synthesis, metric: str) -> dict[str, dict[str, Any]]:
    """The alarms on this metric, by the queue they watch."""
    return {
        synthesis.meant(alarm.properties["Dimensions"][0]["Value"]).id[:-8]: alarm.properties
        for alarm in synthesis.all("AWS::CloudWatch::Alarm")
        if alarm.properties.get("MetricName") == metric
    }


def action(synthesis: Synthesis, alarm: dict[str, Any]) -> str:
    """The one topic that `alarm` goes to."""
    (topic,) = alarm["AlarmActions"]
    return synthesis.meant(topic).id[:-8]
