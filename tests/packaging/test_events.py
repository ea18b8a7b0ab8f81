"""What wakes a function, and what becomes of an event that it cannot work off."""

from tests.packaging.packaged import Package, Resource

CONSUMERS = {
    *("ConsumeImports", "ConsumeBatches", "ConsumeSettlements"),
    *("ConsumeBankResults", "ConsumeNationalResults"),
}
STREAMS = {"CountFigures", "FollowVouchers"}
SCHEDULES = {"Expire", "Close", "Relay", "Remind", "Repeat", "Resume"}


def _queue_of(consumer: Resource) -> str:
    (event,) = consumer["Events"].values()
    return str(event["Properties"]["Queue"]["Fn::Sub"]).removeprefix("${").removesuffix(".Arn}")


def test_every_consumer_and_every_schedule_is_there(prod: Package) -> None:
    assert set(prod.woken_by("SQS")) == CONSUMERS
    assert set(prod.woken_by("DynamoDB")) == STREAMS
    assert set(prod.woken_by("Schedule")) == SCHEDULES


def test_every_consumer_reports_which_messages_of_a_batch_failed(prod: Package) -> None:
    for name, consumer in prod.woken_by("SQS").items():
        (event,) = consumer["Events"].values()
        assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name


def test_every_consumer_reads_a_queue_of_the_template(prod: Package) -> None:
    queues = {_queue_of(consumer) for consumer in prod.woken_by("SQS").values()}
    results = {"BankResultsQueue", "NationalResultsQueue"}
    assert queues == {"ImportsQueue", "BatchesQueue", "SettlementsQueue", *results}


def test_no_message_is_shown_again_while_its_consumer_may_still_work(prod: Package) -> None:
    queues = prod.of_type("AWS::SQS::Queue")
    for name, consumer in prod.woken_by("SQS").items():
        visible_after_s = queues[_queue_of(consumer)]["VisibilityTimeout"]
        assert visible_after_s >= 6 * consumer["Timeout"], name


def test_every_queue_hands_poison_to_a_dead_letter_queue_after_five_receives(
    prod: Package,
) -> None:
    queues = prod.of_type("AWS::SQS::Queue")
    working = {name for name in queues if name.endswith("Queue") and "Failures" not in name}
    assert len(working) == 8
    for name in working:
        assert queues[name]["RedrivePolicy"] == {
            "deadLetterTargetArn": {"Fn::GetAtt": [f"{name}DLQ", "Arn"]},
            "maxReceiveCount": 5,
        }


def test_every_place_where_failures_collect_raises_an_alarm(prod: Package) -> None:
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in prod.of_type("AWS::CloudWatch::Alarm").values()
        if alarm["Namespace"] == "AWS/SQS" and alarm["Threshold"] == 0 and alarm["AlarmActions"]
        for dimension in alarm["Dimensions"]
    }
    queues = prod.of_type("AWS::SQS::Queue")
    assert watched == {q for q in queues if q.endswith("DLQ") or "Failures" in q}


def test_every_schedule_that_fails_leaves_its_event_in_the_failures_queue(prod: Package) -> None:
    for name, function in prod.woken_by("Schedule").items():
        on_failure = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert on_failure == {
            "Type": "SQS",
            "Destination": {"Fn::GetAtt": ["ScheduleFailuresQueue", "Arn"]},
        }, name


def test_workers_are_reminded_by_day_and_every_hour_of_it(prod: Package) -> None:
    (event,) = prod.functions["Remind"]["Events"].values()
    # EventBridge reads UTC: from 09:00 to 20:00 in Shanghai.
    assert event["Properties"]["Schedule"] == "cron(0 1-12 * * ? *)"


def test_a_stream_s_record_that_fails_for_good_is_put_aside_alone(prod: Package) -> None:
    followers = prod.woken_by("DynamoDB")
    assert len(followers) <= 2, "a table's stream serves two readers"
    for name, follower in followers.items():
        (event,) = follower["Events"].values()
        source = event["Properties"]
        assert source["Stream"] == {"Fn::GetAtt": ["VouchersTable", "StreamArn"]}, name
        assert source["StartingPosition"] == "TRIM_HORIZON", name
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["BisectBatchOnFunctionError"] is True, name
        assert 0 < source["MaximumRetryAttempts"] <= 100, name
        on_failure = source["DestinationConfig"]["OnFailure"]
        assert on_failure["Destination"] == {"Fn::GetAtt": ["StreamFailuresQueue", "Arn"]}, name
