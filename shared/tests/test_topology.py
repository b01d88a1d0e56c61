"""Who hears whom, and what every queue must have so that nothing is lost."""

import pytest

from shared.topology import (
    BINDINGS,
    DEAD,
    DEAD_LETTERS,
    EVENTS,
    EXCHANGES,
    INBOXES,
    LISTENS,
    LOG,
    LOG_QUEUE,
    PRIVATE,
    QUEUES,
    SERVICES,
    exchange_for,
    inbox_of,
    subscribers,
)

ARGUMENTS = [name for queue in QUEUES for name in queue.arguments]


@pytest.mark.parametrize(
    ("event_type", "heard_by"),
    [
        ("customer.registered.v1", ("complaint", "dispatch", "notify")),
        ("complaint.escalated.v1", ("customer", "dispatch", "notify")),
        ("dispatch.work_order_completed.v1", ("customer", "complaint", "notify")),
        ("notify.message_sent.v1", ("customer", "complaint", "dispatch")),
        ("stranger.came.v1", ()),
    ],
)
def test_a_service_hears_every_publisher_but_itself(
    event_type: str, heard_by: tuple[str, ...]
) -> None:
    assert heard_by == subscribers(event_type, private=False)


@pytest.mark.parametrize(
    ("event_type", "heard_by"),
    [
        ("customer.contact_changed.v1", ("notify",)),
        ("dispatch.person_contact_changed.v2", ("notify",)),
        ("complaint.field_work_described.v1", ("dispatch",)),
        ("complaint.contact_changed.v1", ()),
        ("customer.contact_changed_again.v1", ()),
    ],
)
def test_personal_data_is_heard_by_those_who_need_it(
    event_type: str, heard_by: tuple[str, ...]
) -> None:
    assert heard_by == subscribers(event_type, private=True)


def test_the_exchange_for_personal_data_is_bound_by_type_and_never_by_the_log() -> None:
    bound = {(b.queue, b.key) for b in BINDINGS if b.exchange == PRIVATE}
    assert bound == {
        (inbox_of("notify"), "complaint.case_contact_described.#"),
        (inbox_of("notify"), "complaint.case_contact_erased.#"),
        (inbox_of("notify"), "complaint.case_news_arose.#"),
        (inbox_of("notify"), "customer.contact_changed.#"),
        (inbox_of("notify"), "customer.contact_erased.#"),
        (inbox_of("notify"), "dispatch.person_contact_changed.#"),
        (inbox_of("complaint"), "customer.issue_described.#"),
        (inbox_of("dispatch"), "complaint.field_work_described.#"),
        (inbox_of("dispatch"), "customer.service_described.#"),
    }
    assert [(EVENTS, "#")] == [(b.exchange, b.key) for b in BINDINGS if b.queue == LOG]
    assert (PRIVATE, EVENTS) == (exchange_for(private=True), exchange_for(private=False))


def test_the_bindings_say_the_same_as_the_table_of_subscribers() -> None:
    bound = {(b.queue, b.key) for b in BINDINGS if b.exchange == EVENTS and b.queue != LOG}
    heard = {
        (inbox_of(service), f"{publisher}.#")
        for publisher in SERVICES
        for service in subscribers(f"{publisher}.happened.v1", private=False)
    }
    assert heard == bound


@pytest.mark.parametrize("inbox", INBOXES, ids=lambda queue: queue.name)
def test_an_inbox_is_replicated_bounded_in_tries_and_dead_letters_at_least_once(inbox) -> None:
    assert {
        "x-queue-type": "quorum",
        "x-delivery-limit": 20,
        "x-overflow": "reject-publish",
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": inbox.name,
        "x-dead-letter-strategy": "at-least-once",
    } == inbox.arguments


@pytest.mark.parametrize("service", SERVICES)
def test_dead_letters_of_an_inbox_arrive_in_the_queue_of_its_service(service: str) -> None:
    routes = [(b.queue, b.key) for b in BINDINGS if b.exchange == DEAD]
    assert [(f"{service}.dlq", f"{service}.inbox")] == [r for r in routes if service in r[0]]
    assert f"{service}.dlq" in [queue.name for queue in DEAD_LETTERS]


def test_the_log_is_a_stream_of_bounded_size_and_age() -> None:
    assert "stream" == LOG_QUEUE.arguments["x-queue-type"]
    assert {"x-max-length-bytes", "x-max-age"} <= set(LOG_QUEUE.arguments)


def test_no_queue_has_a_single_active_consumer() -> None:
    assert "x-single-active-consumer" not in ARGUMENTS


def test_only_the_exchange_of_dead_letters_is_closed_to_publishers() -> None:
    assert [DEAD] == [exchange.name for exchange in EXCHANGES if exchange.internal]


def test_every_service_is_in_the_table_once() -> None:
    assert ("customer", "complaint", "dispatch", "notify") == tuple(LISTENS)
