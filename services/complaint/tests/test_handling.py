"""What the handler does between intake and answer."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from complaint.domain.chain import LevelUnknown
from complaint.domain.complaint import LevelNotHigher
from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.states import State
from complaint.use_cases import handling
from complaint.use_cases.filing import file_complaint
from shared.rules import NotFound, UnitUnknown
from shared.tables import audit


def raise_level(desk, complaint, level, by="assistant-north"):
    return desk.do(
        handling.raise_level,
        complaint.id,
        by=desk.caller(by),
        level=level,
        reason="a newspaper called",
    )


@pytest.mark.rule("CP-63")
@pytest.mark.rule("CP-19")
def test_raising_the_level_hands_the_same_form_over(desk):
    complaint = desk.file()
    raised = desk.read(raise_level(desk, complaint, 2))

    told = desk.told("complaint.assigned.v1")[-1]
    assert (raised.level, raised.state, len(raised.forms)) == (2, State.RECEIVED, 1)
    assert (raised.form.level, raised.form.tier) == (2, 2)
    assert (raised.form.raise_reason, raised.handler_id) == (
        "a newspaper called",
        desk.people["manager"],
    )
    assert (told["reason"], told["because"]["rule"]) == ("raised", "CP-19")
    assert raised.assigned_ids == {desk.people["manager"]}


@pytest.mark.rule("CP-63")
def test_raising_the_level_after_the_result_opens_a_new_form(desk):
    complaint = desk.tell(desk.contact(desk.file()))
    raised = desk.read(raise_level(desk, complaint, 3))

    assert (raised.state, [form.level for form in raised.forms]) == (State.IN_PROGRESS, [1, 3])
    assert raised.form.previous_form_id == raised.forms[0].id
    assert raised.forms[0].told is not None


@pytest.mark.rule("CP-63")
@pytest.mark.parametrize("level", [1, 2])
def test_a_level_is_never_lowered_by_a_handler(desk, level):
    complaint = desk.file_at_level(2)

    with pytest.raises(LevelNotHigher):
        raise_level(desk, complaint, level, by="manager")

    assert desk.read(complaint).level == 2


def test_there_is_no_level_4(desk):
    with pytest.raises(LevelUnknown) as refused:
        raise_level(desk, desk.file(), 4)

    assert refused.value.extra == {"levels": [1, 2, 3]}


@pytest.mark.rule("CP-01")
@pytest.mark.rule("CP-16")
@pytest.mark.parametrize("channel", Channel)
def test_a_complaint_is_taken_in_over_any_channel_and_keeps_it(desk, channel):
    desk.file(channel=channel)

    assert desk.told("complaint.filed.v1")[0]["channel"] == channel.value


@pytest.mark.rule("CP-23")
def test_details_are_added_to_the_form_and_raise_the_version(desk):
    complaint = desk.file()
    with desk.open() as tx:
        taken = tx.complaints.take(complaint.id, unit="hq")
        handling.amend_form(tx, taken, changes={"place": "shop-01", "product_code": "A-17"})

    amended = desk.read(complaint)
    details = amended.form.details
    assert (details.place, details.product_code) == ("shop-01", "A-17")
    assert details.respondent_department == "logistics"
    assert amended.version == complaint.version + 1
    assert desk.journal("form_amended") == [{"fields": ["place", "product_code"]}]


def test_who_looks_at_the_complainant_is_recorded_with_his_reason(desk):
    complaint = desk.file(complainant_name="Li Hua", complainant_phone="13812345678")
    desk.do(
        handling.reveal_complainant, complaint.id, by=desk.caller("reception"), reason="call back"
    )

    with desk.sessions() as session:
        rows = session.execute(select(audit)).all()
    assert [(row.action, row.subject, row.detail) for row in rows] == [
        ("complainant.revealed", f"complaint/{complaint.id}", {"reason": "call back"})
    ]


def test_no_event_carries_the_complainant(desk):
    complaint = desk.file(complainant_name="Li Hua", complainant_phone="13812345678")
    desk.contact(complaint)
    desk.request_field_work(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 5)

    told = repr(desk.told())
    assert "Li Hua" not in told
    assert "13812345678" not in told


def test_an_unknown_unit_and_one_of_others_are_refused_alike(desk):
    for unit in ("nowhere", "shop-03"):
        with desk.open() as tx, pytest.raises(UnitUnknown) as refused:
            _file_from_the_north(desk, tx, unit)
        assert refused.value.extra == {"unit": unit}


def _file_from_the_north(desk, tx, unit):
    facts = (Complainant.CONSUMER, Channel.SMS, Subject.PRODUCT_QUALITY, tx.now)
    caller = replace(desk.caller("assistant-north"), unit="region-north")
    return file_complaint(tx, by=caller, intake=Intake(unit, *facts), details=Details())


def test_every_command_on_a_complaint_of_another_unit_finds_nothing(desk):
    complaint = desk.file()
    elsewhere = replace(desk.caller("assistant-south"), unit="region-south")

    with pytest.raises(NotFound):
        desk.do(handling.tell_result, complaint.id, by=elsewhere, result="done")
