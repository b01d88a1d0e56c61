"""What the handler does between intake and answer."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from complaint.domain.chain import LevelUnknown
from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.levels import LevelNotHigher
from complaint.domain.staff import NotOfThisTier
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
        changes = {"place": "shop-01", "product_code": "A-17"}
        handling.amend_form(tx, taken, by=desk.caller("reception"), changes=changes)

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


def by_others(desk, complaint):
    """Each command of the handler, given by the reception clerk."""
    return {
        "tell": lambda by: desk.tell(complaint, by=by),
        "field work": lambda by: desk.request_field_work(complaint, by=by),
        "answer": lambda by: desk.answer(complaint, 1, by=by),
    }


@pytest.mark.rule("CP-19")
@pytest.mark.rule("CP-20")
@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("command", ["tell", "field work", "answer"])
def test_what_is_of_a_higher_tier_is_not_handled_by_a_lower_one(desk, level, command):
    complaint = desk.contact(desk.file_at_level(level))
    if command == "answer":
        desk.tell(complaint)
    before = desk.types()

    with pytest.raises(NotOfThisTier) as refused:
        by_others(desk, complaint)[command]("reception")

    assert (refused.value.code, refused.value.status) == ("not_of_this_tier", 403)
    assert refused.value.because.rule == {2: "CP-19", 3: "CP-20"}[level]
    assert desk.types() == before


@pytest.mark.rule("CP-18")
@pytest.mark.parametrize("name", ["manager", "sales-director"])
def test_a_higher_tier_takes_nothing_of_level_1_over_without_raising_it(desk, name):
    complaint = desk.contact(desk.file())

    with pytest.raises(NotOfThisTier):
        desk.tell(complaint, by=name)

    assert desk.tell(complaint, by="reception").state == State.RESULT_TOLD


def test_whoever_is_assigned_may_act_whatever_his_tier(desk):
    complaint = desk.contact(desk.file_at_level(3))

    assert desk.tell(complaint, by="manager").form.told.by == desk.people["manager"]


@pytest.mark.rule("CP-17")
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_first_contact_is_open_to_the_first_tier_at_every_level(desk, level):
    complaint = desk.file_at_level(level)

    assert desk.contact(complaint, by="reception").state == State.CONTACTED


@pytest.mark.rule("CP-17")
def test_a_tier_that_does_not_handle_the_level_makes_no_first_contact(desk):
    complaint = desk.file()

    with pytest.raises(NotOfThisTier):
        desk.contact(complaint, by="supervisor")


def test_the_clerk_neither_raises_nor_reveals_nor_amends(desk):
    complaint, clerk = desk.file(), desk.caller("clerk")
    changes = {"changes": {"place": "x"}}

    with pytest.raises(NotOfThisTier):
        raise_level(desk, complaint, 2, by="clerk")
    with pytest.raises(NotOfThisTier):
        desk.do(handling.reveal_complainant, complaint.id, by=clerk, reason="look")
    with desk.open() as tx, pytest.raises(NotOfThisTier):
        handling.amend_form(tx, tx.complaints.take(complaint.id, unit="hq"), by=clerk, **changes)


def test_no_public_event_carries_the_complainant(desk):
    complaint = desk.file(complainant_name="Li Hua", complainant_phone="13812345678")
    desk.contact(complaint)
    desk.request_field_work(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 5)

    described = desk.told("complaint.field_work_described.v1")
    told = repr([data for data in desk.told() if data not in described])
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
