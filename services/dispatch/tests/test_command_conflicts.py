"""Which changes by others a command of a queue does not go over, each pair of them (WO-12)."""

from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.order_changes import order_changes
from dispatch.domain.command_conflicts import (
    FIELD_COMMANDS,
    Change,
    OrderChange,
    kinds_of,
    touching,
)
from dispatch.domain.queued_commands import Outcome
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import Command, State

from .company import FRIDAY, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, Office
from .phone import Phone, said

# Each command against each change by others: ``x`` is a conflict, ``.`` is left to the state.
TABLE = """
                   accept start report_progress report_unable complete
given_anew         x      x     x               x             x
handed_on          .      .     .               .             .
revised            x      .     .               .             x
accepted           x      .     .               .             .
started            .      .     .               .             .
progress_reported  .      .     x               x             .
unable_reported    .      .     x               x             .
referred           .      .     .               x             .
decided            .      .     .               x             .
cancelled          x      x     x               x             x
client_signed      .      .     .               x             x
completed          x      x     x               x             x
closed             x      x     x               x             x
altered            x      x     x               x             x
"""


def pairs():
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    for change, *marks in lines:
        for command, mark in zip(head, marks, strict=True):
            yield Command(command), Change(change), mark == "x"


def change(kind):
    return OrderChange(
        version=4, change=kind, by="x", at=FRIDAY, device_id=None, receiver_id=UUID(WORKER.id)
    )


def test_the_table_names_every_pair():
    wanted = {(command, kind) for command in FIELD_COMMANDS for kind in Change}

    assert {(command, kind) for command, kind, _ in pairs()} == wanted


@pytest.mark.rule("WO-12")
@pytest.mark.parametrize(("command", "kind", "is_conflict"), list(pairs()))
def test_a_change_touches_what_a_command_is_about_or_not(command, kind, is_conflict):
    found = touching(command, [change(kind)])

    assert found == ((change(kind),) if is_conflict else ())


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"receiver_id": (1, 2), "issued_at": (1, 2)}, {Change.GIVEN_ANEW}),
        ({"state": (State.ACCEPTED, State.IN_PROGRESS)}, {Change.STARTED}),
        ({"state": (State.UNABLE_REPORTED, State.IN_PROGRESS)}, set()),
        ({"acceptance": (1, None), "accepted_at": (1, None)}, set()),
        ({"next_due_at": (1, 2), "warn_at": (1, 2), "overdue_at": (None, 1)}, set()),
        ({"something_else": (1, 2)}, {Change.ALTERED}),
    ],
)
def test_what_was_done_is_told_by_what_changed(changed, kinds):
    assert kinds_of(changed) == kinds


@pytest.fixture
def office(company, sessions, rulebook):
    made = Office(sessions, rulebook)
    made.issue()
    return made


@pytest.fixture
def phone(office):
    return Phone(office)


def kinds(office, rows):
    of = order_changes.c
    query = select(of.version, of.change).where(of.work_order_id == office.order_id)
    told = [row.change.value for row in rows(query.order_by(of.version, of.change))]
    return list(dict.fromkeys(told))  # One thing may be written in several versions.


def test_each_thing_that_is_done_is_kept_with_the_version_that_it_made(office, rows):
    office.accept()
    office.start()
    office.report()
    office.unable()
    office.decide(Decision.INSIST)
    office.complete()
    office.call_back()

    known = [
        "accepted",
        "started",
        "progress_reported",
        "unable_reported",
        "referred",
        "decided",
        "client_signed",
        "completed",
        "closed",
    ]
    assert kinds(office, rows) == known
    versions = [row.version for row in rows(select(order_changes.c.version))]
    assert max(versions) <= office.found().version


def reassigned(office):
    office.unable()
    office.decide(Decision.REASSIGN, HEAD, ENGINEER)


def given_back(office):
    reassigned(office)
    office.unable(ENGINEER)
    office.decide(Decision.REASSIGN, HEAD, WORKER)


def cancelled(office):
    office.unable()
    office.decide(Decision.CANCEL)


def insisted(office):
    office.unable()
    office.decide(Decision.INSIST)


def given_to_another_dispatcher(office):
    with office.open() as tx:
        order = tx.work_orders.known(office.order_id)
        tx.emit(order.hand_on(UUID(SUPERVISOR.id)))


def completed(office):
    office.complete()


def archived(office):
    office.complete()
    office.call_back()
    office.sign()
    office.archive()


def reported(office):
    office.report()


def lies_with_the_superior(office):
    office.unable()


# What an order that the worker has accepted, and seen so, makes of his commands after each change.
MET = [
    (reassigned, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (given_back, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (cancelled, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (completed, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (archived, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (lies_with_the_superior, dict.fromkeys(FIELD_COMMANDS, "changed_meanwhile")),
    (
        insisted,
        {
            Command.ACCEPT: "changed_meanwhile",
            Command.START: "changed_meanwhile",
            Command.REPORT_PROGRESS: "changed_meanwhile",
            Command.REPORT_UNABLE: "changed_meanwhile",
            Command.COMPLETE: "applied",
        },
    ),
    (
        reported,
        {
            Command.ACCEPT: "changed_meanwhile",
            Command.START: "applied",
            Command.REPORT_PROGRESS: "changed_meanwhile",
            Command.REPORT_UNABLE: "changed_meanwhile",
            Command.COMPLETE: "applied",
        },
    ),
    (
        given_to_another_dispatcher,
        {
            Command.ACCEPT: "changed_meanwhile",
            Command.START: "applied",
            Command.REPORT_PROGRESS: "applied",
            Command.REPORT_UNABLE: "applied",
            Command.COMPLETE: "applied",
        },
    ),
]


@pytest.mark.rule("WO-12")
@pytest.mark.parametrize(
    ("happens", "command", "outcome"),
    [(happens, command, end) for happens, ends in MET for command, end in ends.items()],
)
def test_a_command_meets_what_others_did(office, phone, happens, command, outcome):
    office.accept()
    sent = phone.give(command)
    happens(office)
    before = office.found()

    assert phone.send(sent) == [outcome]

    if outcome != "applied":
        after = office.found()
        assert (after.version, after.state) == (before.version, before.state)


def test_a_command_that_was_never_possible_is_refused_and_in_no_conflict(office, phone):
    assert phone.send(phone.give(Command.START)) == ["wrong_state"]


def test_somebody_who_never_had_the_order_is_told_nothing_of_it(office):
    stranger = Phone(office, ENGINEER)
    sent = stranger.give(Command.ACCEPT)
    office.accept()

    [answer] = stranger.send_all([sent]).answers

    assert (said(answer), answer.command.standing) == ("not_found", None)


def test_a_worker_is_told_by_whom_his_order_was_given_to_another(office, phone):
    office.accept()
    sent = phone.give(Command.START)
    reassigned(office)

    [answer] = phone.send_all([sent]).answers

    standing = answer.command.standing
    assert (standing.state, standing.version) == (None, None)
    by = {one.change: one.by for one in standing.changes}
    assert by[Change.GIVEN_ANEW] == HEAD.id


def test_a_version_that_never_was_is_refused(office, phone):
    sent = phone.give(Command.ACCEPT, seen=office.found().version + 1)

    assert phone.send(sent) == ["version_unknown"]


def test_what_the_service_does_by_itself_is_no_change_by_others(office, phone):
    office.accept()
    sent = phone.give(Command.COMPLETE)
    office.until(FRIDAY.replace(day=16))

    assert office.told("reply_overdue")
    assert phone.send(sent) == ["applied"]


def test_commands_of_one_device_are_no_changes_by_others(office, phone):
    seen = office.found().version
    given = [phone.give(command, seen=seen) for command in (Command.ACCEPT, Command.START)]
    given += [phone.give(Command.REPORT_PROGRESS, seen=seen) for _ in range(2)]

    assert phone.send(*given) == ["applied"] * 4
    assert Phone(office, number=901).send(
        Phone(office, number=901).give(Command.REPORT_PROGRESS, seen=seen)
    ) == ["changed_meanwhile"]


def test_after_a_conflict_the_order_is_left_alone_until_it_was_seen_again(office, phone):
    other, other_seen = office.order_id, office.found().version
    office.issue()
    office.accept()
    seen = office.found().version
    office.report()
    first = phone.give(Command.REPORT_PROGRESS, seen=seen)
    later = phone.give(Command.COMPLETE, seen=seen)
    elsewhere = phone.give(Command.ACCEPT, seen=other_seen, order_id=other)

    said_ = phone.send(first, later, elsewhere)
    again = phone.send(phone.give(Command.COMPLETE))

    assert said_ == ["changed_meanwhile", "after_conflict", "applied"]
    assert again == [Outcome.APPLIED]
