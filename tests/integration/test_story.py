"""The story of one complaint through the processes of all four services, on RabbitMQ and on
PostgreSQL; two processes are killed in the middle of it."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pika
import pytest
from sqlalchemy import Row, select

from demo.scenes import (
    CUSTOMER,
    DIRECTORS,
    HANDLER,
    PHONE,
    WORK,
    Scenes,
    Thing,
    a_day_after,
    complaint_path,
)
from deployment import Deployment, deployment_on, parts_of
from embedded.client import Client
from embedded.reconciling import reconcile
from embedded.sample import Company
from processes import Ending, end_all
from server_admin import wait_until
from servers import Servers
from shared.clock import SystemClock
from shared.runtime import Parts
from shared.tables import inbox, outbox
from shared.topology import SERVICES, dead_letters_of, inbox_of, subscribers
from shared.transaction import reading
from stream_log import Logged, read_log

KILLED = ("complaint worker", "complaint relay")
CROWD = 20  # complaints that come in while the two are killed
SETTLING = 90.0
ENDING = 20.0


@dataclass
class Story:
    """What was seen while it was played, and what it left in databases and broker."""

    made: Deployment
    parts: dict[str, Parts]
    order: Thing
    customer: Thing
    complaint: Thing
    crowd: list[Thing]
    kinds: list[str]  # of the complaint's timeline
    told: list[str]
    directors: dict[str, list[str]]
    ledger: list[Thing]
    log: list[Logged]
    endings: dict[str, Ending]

    def outbox(self, service: str, **values: object) -> list[UUID]:
        """The ids of the events that ``service`` told, in their order."""
        query = select(outbox.c.event_id).filter_by(**values).order_by(outbox.c.position)
        with reading(self.parts[service].sessions) as session:
            return list(session.scalars(query))


@pytest.fixture(scope="module")
def story(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Set up, start, play, end every process; the tests look at what is left."""
    folder = tmp_path_factory.mktemp("story")
    with deployment_on(servers, folder) as made, parts_of(made) as parts:
        made.set_up()
        with made.running():
            told = play(made, parts)
        yield told


def play(made: Deployment, parts: dict[str, Parts]) -> Story:
    company = Company(made.keys)
    scenes = Scenes(
        company,
        lambda person: Client(made.bases, person.token),
        lambda: wait_until(lambda: reconcile(parts).clean, seconds=SETTLING, what="the rest"),
    )
    company.load_people(made.bases)
    scenes.settle()
    customer = scenes.register_customer()
    complaint = scenes.complain("The door fell off its hinges.", customer=customer)
    scenes.reach_complainant(complaint)
    scenes.ask_for_field_work(complaint, by=a_day_after(SystemClock().now()))
    [order] = scenes.orders_of(complaint)
    scenes.issue(order)
    scenes.accept(order)
    with crowd(scenes) as filed:
        made.crash(*KILLED)
        scenes.complete(order)
        closed = scenes.close(order)
        made.restart(*KILLED)
    severe = scenes.complain("It fell on the customer's foot.", hotline=True)
    scenes.settle()
    return Story(
        made=made,
        parts=parts,
        order=closed,
        customer=customer,
        complaint=scenes.complaint(complaint),
        crowd=filed,
        kinds=scenes.kinds(HANDLER, complaint_path(complaint)),
        told=scenes.told(HANDLER, complaint),
        directors={role: scenes.told(role, severe) for role in DIRECTORS},
        ledger=scenes.messages(),
        log=read_log(made.vhost.url),
        endings=end_all(made.processes),
    )


@contextmanager
def crowd(scenes: Scenes) -> Iterator[list[Thing]]:
    """Complaints come in all the while."""
    filed: list[Thing] = []

    def complain() -> None:
        for number in range(CROWD):
            filed.append(scenes.complain(f"One of many, {number}"))
            time.sleep(0.05)

    thread = threading.Thread(target=complain)
    thread.start()
    wait_until(lambda: len(filed) >= 3, seconds=SETTLING, what="the crowd")
    yield filed
    thread.join(SETTLING)
    assert CROWD == len(filed)


def test_the_work_order_that_an_event_opened_goes_its_way_to_the_archive(story: Story) -> None:
    assert "archived" == story.order["state"]
    assert story.complaint["id"] == story.order["complaint_id"]
    assert story.customer["customer_id"] == story.order["customer_id"]
    assert WORK == story.order["content"]


def test_the_complaint_hears_by_event_that_the_work_is_done(story: Story) -> None:
    [work] = story.complaint["field_works"]
    assert (story.order["work_order_id"], True) == (work["work_order_id"], work["satisfied"])
    assert 1 == story.kinds.count("complaint.field_work_done.v1")


def test_the_handler_is_told_once_of_his_complaint(story: Story) -> None:
    assert 1 == story.told.count("complaint_assigned")


def test_both_directors_are_told_once_of_a_complaint_of_level_three(story: Story) -> None:
    told = {role: reasons.count("complaint_assigned") for role, reasons in story.directors.items()}
    assert dict.fromkeys(DIRECTORS, 1) == told


def test_of_every_complaint_of_the_crowd_its_handler_is_told_once(story: Story) -> None:
    told = Counter(m["subject"] for m in story.ledger if m["reason"] == "complaint_assigned")
    crowd = [f"complaint/{complaint['id']}" for complaint in story.crowd]
    assert dict.fromkeys(crowd, 1) == {subject: told[subject] for subject in crowd}


def test_numbers_have_no_gap_although_the_service_was_killed(story: Story) -> None:
    last = int(story.complaint["number"].rpartition("-")[2])
    numbers = [f"general-service-{last + 1 + after}" for after in range(CROWD)]
    assert numbers == [complaint["number"] for complaint in story.crowd]


def test_every_event_was_published_and_handled_and_nothing_lies_aside(story: Story) -> None:
    count = reconcile(story.parts)
    assert ([], []) == (count.missing, count.unexpected)
    assert (0, 0, 0) == (count.unpublished, count.parked, count.quarantined)
    assert count.told > CROWD * 2


@pytest.mark.parametrize("listener", SERVICES)
def test_each_listener_took_in_each_event_exactly_once(story: Story, listener: str) -> None:
    expected = Counter(
        event.event_id
        for service in SERVICES
        for event in told_by(story, service)
        if listener in subscribers(event.type, private=event.private)
    )
    with reading(story.parts[listener].sessions) as session:
        rows = list(session.execute(select(inbox.c.event_id, inbox.c.state)))
    assert expected == Counter(row.event_id for row in rows)
    assert {row.state for row in rows} <= {"handled", "ignored"}


@pytest.mark.parametrize("queue", [of(s) for s in SERVICES for of in (inbox_of, dead_letters_of)])
def test_no_queue_holds_a_message_any_more(story: Story, queue: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(story.made.vhost.url)) as connection:
        declared = connection.channel().queue_declare(queue, passive=True)
    assert 0 == declared.method.message_count


def test_the_log_holds_every_public_event_and_no_private_one(story: Story) -> None:
    public = {str(one) for s in SERVICES for one in story.outbox(s, private=False)}
    private = {str(one) for s in SERVICES for one in story.outbox(s, private=True)}
    logged = Counter(event.id for event in story.log)
    assert public == set(logged)
    assert len(private) > 0
    repeated = {one for one, count in logged.items() if count > 1}
    # The relay that was killed may have been about to mark what the broker had confirmed.
    assert repeated <= {str(one) for one in story.outbox("complaint")}


def test_the_log_holds_no_word_of_who_anybody_is_or_what_is_done_at_whose_place(
    story: Story,
) -> None:
    names = [person.name for person in Company(story.made.keys).people]
    personal = [CUSTOMER, PHONE, WORK, *names]
    assert [] == [event for event in story.log for word in personal if word in event.text]


def test_the_log_keeps_the_order_of_every_subject(story: Story) -> None:
    subjects: dict[str, list[int]] = {}
    seen: set[str] = set()
    for event in story.log:
        if event.id not in seen:
            subjects.setdefault(event.subject, []).append(event.sequence)
            seen.add(event.id)
    assert {name: [*range(1, len(got) + 1)] for name, got in subjects.items()} == subjects


def test_bodies_of_private_events_are_gone_once_they_were_handled(story: Story) -> None:
    for service in SERVICES:
        with reading(story.parts[service].sessions) as session:
            for table in (outbox, inbox):
                bodies = select(table.c.body).where(table.c.private).distinct()
                assert set(session.scalars(bodies)) <= {""}


def test_every_process_ends_in_order_when_it_is_asked_to(story: Story) -> None:
    assert dict.fromkeys(story.made.processes, 0) == {n: e.code for n, e in story.endings.items()}
    assert max(ending.seconds for ending in story.endings.values()) < ENDING


def told_by(story: Story, service: str) -> list[Row[Any]]:
    query = select(outbox.c.event_id, outbox.c.type, outbox.c.private)
    with reading(story.parts[service].sessions) as session:
        return list(session.execute(query))
