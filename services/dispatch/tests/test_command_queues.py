"""The queue of commands of a device: each once, in its order, however it arrives (WO-12)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.queued_commands import queued_commands
from dispatch.consumers import TIMERS
from dispatch.domain.command_queues import DeviceOfAnother, DeviceRevoked, QueueFull, TooManyDevices
from dispatch.domain.queued_commands import NotInConflict, Outcome, Resolution, SeenVersionMissing
from dispatch.domain.work_order_states import Command, State
from dispatch.use_cases import command_queues
from dispatch.use_cases.command_queues import KEPT, revoke_device
from shared.rules import NotFound
from shared.subscriptions import Fired
from shared.tables import journal, timers

from .company import CLERK, FRIDAY, HR, WORKER
from .office import ENGINEER, Office
from .phone import Phone

HOUR = timedelta(hours=1)


@pytest.fixture
def office(company, sessions, rulebook):
    made = Office(sessions, rulebook)
    made.issue()
    made.now = FRIDAY + 2 * HOUR
    return made


@pytest.fixture
def phone(office):
    return Phone(office)


@pytest.fixture
def queue(phone):
    """Accept, start, report, complete, all given in the dead spot."""
    commands = (Command.ACCEPT, Command.START, Command.REPORT_PROGRESS, Command.COMPLETE)
    return [
        phone.give(command, at=FRIDAY + minute * timedelta(minutes=1))
        for minute, command in enumerate(commands)
    ]


def outcomes(rows):
    query = select(queued_commands.c.outcome).order_by(queued_commands.c.sequence)
    return [row.outcome.value for row in rows(query)]


def kinds(office, rows):
    query = select(journal.c.kind).where(journal.c.subject == f"work_order/{office.order_id}")
    return [row.kind for row in rows(query.order_by(journal.c.position))]


@pytest.mark.rule("WO-12")
def test_a_queue_is_carried_out_in_its_own_order(office, phone, queue):
    assert phone.send(*reversed(queue)) == ["applied"] * 4

    order = office.found()
    assert (order.state, order.completed_at) == (State.COMPLETED, queue[-1].client_at)


def test_what_comes_early_waits_and_is_released_by_what_was_missing(office, phone, queue):
    assert phone.send(queue[2], queue[1]) == ["waiting", "waiting"]
    assert office.found().state is State.ISSUED

    batch = phone.send_all(queue[:1])

    assert [one.sequence for one in batch.released] == [2, 3]
    assert batch.queue.next_sequence == 4
    assert office.found().state is State.PROGRESS_REPORTED


def test_a_command_that_comes_again_has_its_first_answer_and_no_effect(office, phone, queue, rows):
    phone.send(*queue)
    before, told = office.found().version, kinds(office, rows)

    answers = phone.send_all(queue[1:3] + queue[1:2]).answers

    assert [one.known for one in answers] == [True] * 3
    assert [one.command.outcome for one in answers] == [Outcome.APPLIED] * 3
    assert (office.found().version, kinds(office, rows)) == (before, told)


@pytest.mark.parametrize(
    "how",
    [
        {"command_id": UUID(int=77)},
        {"body": {"signature": {"name": "Another"}}},
        {"seen": 1},
        {"at": FRIDAY + HOUR},
    ],
)
def test_a_sequence_or_an_id_stands_for_one_command(office, phone, queue, how, rows):
    phone.send(queue[0])
    before = office.found().version
    phone.sequence = 0

    assert phone.send(phone.give(Command.ACCEPT, **how)) == ["command_reused"]
    assert (office.found().version, outcomes(rows)) == (before, ["applied"])


def test_an_id_is_not_given_again_under_another_sequence_or_on_another_device(phone, office, queue):
    phone.send(queue[0])
    other = Phone(office, number=901)
    taken = queue[0].command_id

    assert phone.send(phone.give(Command.START, command_id=taken)) == ["command_reused"]
    assert other.send(other.give(Command.ACCEPT, command_id=taken)) == ["command_reused"]


@pytest.mark.parametrize(
    ("command", "body", "code"),
    [
        (Command.ACCEPT, {}, "body_invalid"),
        (Command.ACCEPT, {"signature": {"name": "Li"}, "more": 1}, "body_invalid"),
        (Command.COMPLETE, {}, "wrong_state"),
    ],
)
def test_what_no_rule_allows_is_refused_and_the_rest_goes_on(office, phone, command, body, code):
    bad, good = phone.give(command, body=body), phone.give(Command.ACCEPT)

    assert phone.send(bad, good) == [code, "applied"]


def test_a_refused_command_has_undone_what_it_did(office, phone, rows):
    office.now = FRIDAY + 48 * HOUR
    sent = phone.give(Command.COMPLETE, at=FRIDAY + 47 * HOUR)

    assert phone.send(sent) == ["wrong_state"]
    assert office.breaches() == []
    assert "command_refused" in kinds(office, rows)


def test_a_device_belongs_to_whoever_used_it_first(office, phone, queue):
    phone.send(queue[0])

    with pytest.raises(DeviceOfAnother):
        Phone(office, ENGINEER).send(queue[1])


def test_what_a_revoked_device_sends_does_not_count(office, phone, queue, rows):
    phone.send(queue[1])
    with office.open(HR) as tx:
        revoke_device(tx, phone.device_id, caller=HR)

    with pytest.raises(DeviceRevoked):
        phone.send(queue[0])
    assert outcomes(rows) == ["refused"]
    assert [row.body for row in rows(select(queued_commands.c.body))] == [None]
    assert office.found().state is State.ISSUED


def test_nobody_revokes_the_device_of_another(office, phone, queue):
    phone.send(queue[0])

    with office.open(ENGINEER) as tx, pytest.raises(DeviceOfAnother):
        revoke_device(tx, phone.device_id, caller=ENGINEER)
    with office.open(CLERK) as tx, pytest.raises(NotFound):
        revoke_device(tx, phone.device_id, caller=CLERK)


def test_only_so_many_commands_wait(office, phone, queue, rows, monkeypatch):
    monkeypatch.setattr(command_queues, "MOST_WAITING", 2)
    phone.send(*queue[2:])
    more = phone.give(Command.START)

    with pytest.raises(QueueFull):
        phone.send(more)
    assert outcomes(rows) == ["waiting"] * 2
    assert phone.send(*queue[:2], more)[:2] == ["applied"] * 2


def test_a_person_has_only_so_many_devices(office, queue, monkeypatch):
    monkeypatch.setattr(command_queues, "MOST_DEVICES", 1)
    first, second = Phone(office), Phone(office, number=901)
    first.send(first.give(Command.ACCEPT))

    with pytest.raises(TooManyDevices):
        second.send(second.give(Command.START))
    with office.open(WORKER) as tx:
        revoke_device(tx, first.device_id, caller=WORKER)
    assert second.send(second.give(Command.START, sequence=1)) == ["applied"]


def test_what_waits_is_kept_encrypted_and_forgotten_once_it_was_carried_out(phone, queue, rows):
    phone.send(queue[3])
    [waiting] = rows(select(queued_commands.c.body))
    assert b"Wang" not in bytes(waiting.body)

    phone.send(*queue[:3])

    assert [row.body for row in rows(select(queued_commands.c.body))] == [None] * 4


@pytest.fixture
def conflict(office, phone):
    """A report that met one of another device."""
    office.accept()
    sent = phone.give(Command.REPORT_PROGRESS, at=FRIDAY + HOUR)
    office.report()
    office.now += HOUR
    assert phone.send(sent) == ["changed_meanwhile"]
    return sent


def test_a_conflict_is_in_the_timeline_of_the_order(office, conflict, rows):
    assert kinds(office, rows)[-1] == "command_in_conflict"


def test_a_worker_lets_a_command_go(office, phone, conflict, rows):
    before = office.found().version
    dropped = phone.resolve(conflict, Resolution.DROP)

    assert (dropped.outcome, dropped.resolution) == (Outcome.CONFLICT, Resolution.DROP)
    assert office.found().version == before
    assert kinds(office, rows)[-1] == "command_conflict_resolved"
    assert [row.body for row in rows(select(queued_commands.c.body))] == [None]
    with pytest.raises(NotInConflict):
        phone.resolve(conflict, Resolution.SEND_AGAIN, 3)


def test_a_worker_gives_a_command_again_having_seen_how_the_order_stands(office, phone, conflict):
    given = phone.resolve(conflict, Resolution.SEND_AGAIN, office.found().version)

    assert (given.outcome, given.resolution) == (Outcome.APPLIED, Resolution.SEND_AGAIN)
    assert len(office.found().progress_reports) == 2
    assert phone.send(conflict) == ["applied"]


def test_what_is_given_again_may_meet_another_conflict(office, phone, conflict):
    seen = office.found().version
    office.report()

    again = phone.resolve(conflict, Resolution.SEND_AGAIN, seen)

    assert (again.outcome, again.resolution) == (Outcome.CONFLICT, None)
    with pytest.raises(SeenVersionMissing):
        phone.resolve(conflict, Resolution.SEND_AGAIN)


def test_a_command_given_again_counts_at_its_own_time(office, phone):
    office.accept()
    first = phone.give(Command.REPORT_UNABLE, at=FRIDAY + HOUR)
    office.report()
    office.now += HOUR
    phone.send(first)

    phone.resolve(first, Resolution.SEND_AGAIN, office.found().version)

    assert office.found().unable_report.at >= FRIDAY + HOUR


def fire(office, phone):
    with office.open() as tx:
        subject = f"command_queue/{phone.device_id}"
        data = {"device_id": str(phone.device_id)}
        TIMERS["command_queue.tidy"](
            tx, Fired(kind="command_queue.tidy", subject=subject, due_at=office.now, data=data)
        )


def test_answers_are_kept_for_a_month_and_nothing_is_carried_out_again(office, phone, queue, rows):
    phone.send(*queue[:2])
    office.now += KEPT - timedelta(seconds=1)
    fire(office, phone)
    assert outcomes(rows) == ["applied"] * 2

    office.now += timedelta(seconds=1)
    fire(office, phone)

    assert outcomes(rows) == []
    assert phone.send(queue[0]) == ["command_forgotten"]
    assert phone.send(queue[2]) == ["expected_in_past"]


def test_a_conflict_does_not_lapse_without_a_word(office, phone, conflict, rows):
    office.now += KEPT
    fire(office, phone)

    assert kinds(office, rows)[-1] == "command_conflict_lapsed"


def test_a_device_that_is_not_heard_of_is_looked_at_after_a_month(office, phone, queue, rows):
    phone.send(*queue)

    query = select(timers.c.due_at).where(timers.c.kind == "command_queue.tidy")
    assert [row.due_at for row in rows(query)] == [office.now + KEPT]


def test_a_device_of_which_nothing_is_kept_is_not_looked_at_again(office, phone, queue, rows):
    phone.send(*queue)
    with office.open() as tx:
        tx.cancel_timer("command_queue.tidy", f"command_queue/{phone.device_id}")
    office.now += KEPT
    fire(office, phone)

    kinds = rows(select(timers.c.kind))
    assert "command_queue.tidy" not in [row.kind for row in kinds]
