"""A complaint stands still for a reason of its packs, and never without an end."""

from datetime import datetime, timedelta

import pytest

from complaint.domain.pauses import PauseReason
from complaint.use_cases import handling
from shared.rules import RuleBroken, WrongState


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def told(desk):
    """A complaint whose result was told on a Monday at 10:00; the answer is asked for."""
    desk.now = at("2026-03-09T10:00")
    complaint = desk.contact(desk.file())
    return desk.tell(complaint)


def due_at(desk, complaint, name="satisfaction"):
    return desk.clock(complaint, name).deadline.due_at


def test_a_pause_moves_the_clocks_that_heed_its_reason(desk, told):
    assert due_at(desk, told) == at("2026-03-10T18:00")

    held = desk.hold(told, until=at("2026-03-12T10:00"))

    assert due_at(desk, told) == at("2026-03-13T18:00")
    assert desk.clock(told, "satisfaction").held_until == at("2026-03-12T10:00")
    assert held.next_due_at == at("2026-03-12T10:00")
    (paused,) = desk.told("complaint.paused.v1")
    assert (paused["kind"], paused["case_id"]) == ("complaint", str(told.id))
    assert paused["because"]["rule"] == "CP-25"


def test_a_pause_ends_by_itself_when_its_time_is_up(desk, told):
    desk.hold(told, until=at("2026-03-12T10:00"))
    assert desk.timers() == {"case.wake": at("2026-03-12T10:00")}

    desk.wake()

    (resumed,) = desk.told("complaint.resumed.v1")
    assert (resumed["ended_by"], datetime.fromisoformat(resumed["at"])) == (
        "time_up",
        at("2026-03-12T10:00"),
    )
    assert due_at(desk, told) == at("2026-03-13T18:00")


def test_a_pause_that_is_ended_early_gives_the_rest_back(desk, told):
    desk.hold(told, until=at("2026-03-12T10:00"))
    desk.now = at("2026-03-10T10:00")

    desk.resume(told)

    assert desk.told("complaint.resumed.v1")[-1]["ended_by"] == "resumed"
    assert due_at(desk, told) == at("2026-03-11T18:00")
    assert desk.read(told).pause is None


def test_what_the_customer_says_in_a_pause_ends_it_at_the_time_at_which_he_said_it(desk, told):
    desk.hold(told, until=at("2026-03-16T10:00"))
    desk.now = at("2026-03-11T15:00")

    desk.hear(told, received_at=at("2026-03-10T10:00"))

    (resumed,) = desk.told("complaint.resumed.v1")
    assert (resumed["ended_by"], datetime.fromisoformat(resumed["at"])) == (
        "customer_spoke",
        at("2026-03-10T10:00"),
    )
    assert due_at(desk, told) == at("2026-03-11T18:00")
    assert desk.told("complaint.message_received.v1")[0]["channel"] == "sms"


def test_what_the_customer_said_before_a_pause_does_not_end_it(desk, told):
    desk.now = at("2026-03-09T12:00")
    desk.hold(told, until=at("2026-03-12T10:00"))
    desk.now = at("2026-03-09T13:00")

    desk.hear(told, received_at=at("2026-03-09T11:00"))

    assert desk.read(told).pause
    assert "complaint.resumed.v1" not in desk.types()


def test_a_message_in_a_pause_whose_clock_was_up_already_leaves_the_breach(desk, told):
    desk.now = at("2026-03-10T18:00")
    desk.wake()
    desk.wake()
    desk.hold(told, until=at("2026-03-12T10:00"))
    desk.now = at("2026-03-11T10:00")

    desk.hear(told)

    assert desk.clock(told, "satisfaction").breached_at == at("2026-03-10T18:00")
    assert desk.types().count("complaint.clock_breached.v1") == 1


def test_a_pause_ends_when_work_goes_on(desk, told):
    desk.hold(told, until=at("2026-03-12T10:00"))

    desk.answer(told, 4)

    assert desk.told("complaint.resumed.v1")[0]["ended_by"] == "work_went_on"
    assert desk.read(told).pause is None


def test_a_pause_ends_when_the_level_is_raised(desk):
    complaint = desk.contact(desk.file())
    desk.hold(complaint, until=desk.now + timedelta(days=2))

    desk.do(handling.raise_level, complaint.id, by=desk.caller("manager"), level=2, reason="grave")

    assert desk.told("complaint.resumed.v1")[0]["ended_by"] == "work_went_on"


@pytest.mark.rule("CP-25")
@pytest.mark.parametrize(
    ("reason", "days"), [("waiting_for_customer", 7), ("waiting_for_supplier", 14)]
)
def test_a_pause_is_no_longer_than_the_pack_allows(desk, told, reason, days):
    longest, reason = timedelta(days=days), PauseReason(reason)

    with pytest.raises(RuleBroken) as refused:
        desk.hold(told, until=desk.now + longest + timedelta(seconds=1), reason=reason)

    assert (refused.value.code, refused.value.because.rule) == ("pause_too_long", "CP-25")
    assert desk.hold(told, until=desk.now + longest, reason=reason).pause


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": PauseReason.FORCE_MAJEURE}, "pause_not_allowed"),
        ({"until": at("2026-03-09T10:00")}, "pause_end_in_past"),
    ],
)
def test_a_pause_that_makes_no_sense_is_refused(desk, told, given, code):
    with pytest.raises(RuleBroken) as refused:
        desk.hold(told, **{"until": desk.now + timedelta(days=1), **given})

    assert refused.value.code == code
    assert desk.read(told).pauses == []


def test_a_complaint_that_stands_still_cannot_be_held_and_one_that_does_not_cannot_resume(
    desk, told
):
    with pytest.raises(RuleBroken, match="does not stand still") as idle:
        desk.resume(told)
    desk.hold(told, until=desk.now + timedelta(days=1))
    with pytest.raises(RuleBroken, match="already") as twice:
        desk.hold(told, until=desk.now + timedelta(days=1))

    assert (idle.value.code, twice.value.code) == ("not_paused", "already_paused")


def test_nobody_holds_a_complaint_before_its_first_contact(desk):
    complaint = desk.file()

    with pytest.raises(WrongState):
        desk.hold(complaint, until=desk.now + timedelta(days=1))


def test_others_than_its_handlers_do_not_hold_a_complaint(desk, told):
    with pytest.raises(RuleBroken) as refused:
        desk.hold(told, until=desk.now + timedelta(days=1), by="clerk")

    assert refused.value.code == "not_of_this_tier"


@pytest.mark.parametrize(
    ("received_at", "code"),
    [
        ("2026-03-09T10:00:01", "message_in_future"),
        ("2026-03-09T09:59:59", "message_before_complaint"),
    ],
)
def test_a_message_from_outside_the_time_of_the_complaint_is_refused(desk, told, received_at, code):
    with pytest.raises(RuleBroken) as refused:
        desk.hear(told, received_at=at(received_at))

    assert refused.value.code == code
