"""What customers are told of their cases, whom of them, and in which words: CP-24, PT-21, PT-26."""

from datetime import timedelta
from uuid import UUID

import pytest

from notify.adapters.templates import builtin
from notify.adapters.terms import terms
from notify.domain.message_states import State, Why
from notify.domain.template_words import TEMPLATES
from shared.testing import contract

from .conftest import COMPLAINT, CONTACT, CUSTOMER, HANDLER, MANAGER, MONDAY, REFUSED

CASE = {"kind": "complaint", "case_id": str(COMPLAINT), "org_unit": "shop-01"}
NEWS = "complaint.case_news_arose.v1"
DESCRIBED, ERASED = "complaint.case_contact_described.v1", "complaint.case_contact_erased.v1"
UNREACHED = "notify.customer_unreached.v1"
MAIL = [{"channel": "smtp", "address": "lihua@example.com"}]
PROMISE = "我会尽快跟进处理,请您放心"


def described(office, addresses=MAIL, customer_id=None, **facts):
    told = {
        **CASE,
        "customer_id": customer_id,
        "name": "李女士" if addresses else "",
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "addresses": addresses,
        **facts,
    }
    contract(DESCRIBED).validate(told)
    office.receive(DESCRIBED, told)


def news(office, what, *, sequence=1, text=None, **facts):
    told = {
        **CASE,
        "number": "shop-01-7",
        "news": what,
        "handler_id": str(HANDLER),
        "text": text,
        "steps": [],
        "reach": None,
        "due_at": "2026-03-03T10:00:00+00:00" if what == "received" else None,
        **facts,
    }
    contract(NEWS).validate(told)
    office.receive(NEWS, told, sequence=sequence)


def unreached(office):
    return [data for type_, data in office.told() if type_ == UNREACHED]


@pytest.mark.rule("CP-24")
def test_a_complainant_is_told_what_comes_next_by_when_and_how_he_reaches_the_handler(office, smtp):
    office.person(HANDLER)
    described(office)
    news(office, "received")
    office.send()

    message = office.only()
    assert (message.reason, message.person_id, message.because.rule) == (
        "case_received",
        COMPLAINT,
        "CP-24",
    )
    (parcel,) = smtp.parcels
    assert parcel.address == "lihua@example.com"
    assert parcel.title == "您的投诉 shop-01-7 已受理"
    for said in ("李女士,您好", "2026-03-03 18:00", "王小明", "wang@example.com", "告知您结果"):
        assert said in parcel.body


@pytest.mark.rule("CP-24")
def test_a_handler_of_whom_nothing_is_known_leaves_a_gap_and_stops_nothing(office, smtp):
    described(office)
    news(office, "received")
    office.send()

    assert "直接联系方式:-" in smtp.parcels[0].body


@pytest.mark.rule("CP-24")
def test_the_way_ahead_is_told_with_its_steps_in_words_of_the_language(office, smtp):
    steps = [{"step": "investigation", "hours": 24}, {"step": "solution", "hours": 48}]
    told = {"text": "先核实", "steps": steps, "reach": "020-12345678"}
    described(office)
    news(office, "explained", **told)
    described(office, language="en")
    news(office, "explained", sequence=2, **told)
    office.send()

    first, second = (parcel.body for parcel in smtp.parcels)
    assert "先核实\n- 调查核实:约 24 小时\n- 制定解决方案:约 48 小时\n" in first
    assert "020-12345678" in first
    assert "- investigation: about 24 hours\n- solution: about 48 hours\n" in second


@pytest.mark.rule("SC-13", "SC-14")
def test_progress_and_result_are_told_in_the_words_of_the_scripts(office, smtp):
    described(office)
    news(office, "progress", text="维修中心已收到产品")
    office.send()
    news(office, "result", sequence=2, text="已免费更换\n另赠保养一次")
    office.send()

    first, second = (parcel.body for parcel in smtp.parcels)
    assert "您的 shop-01-7 一事现在已" in first
    assert "维修中心已收到产品" in first
    assert PROMISE in first
    assert "您的 shop-01-7 事情已处理完毕,具体结果是:已免费更换\n另赠保养一次\n请您知悉" in second


@pytest.mark.rule("PT-21")
def test_the_result_of_feedback_is_told_by_the_rule_of_feedback(office, smtp):
    described(office, kind="feedback")
    news(office, "result", kind="feedback", text="五月起增设窗口")
    office.send()

    assert (office.only().because.rule, office.only().subject) == ("PT-21", f"feedback/{COMPLAINT}")
    assert "五月起增设窗口" in smtp.parcels[0].body


@pytest.mark.rule("PT-26")
@pytest.mark.parametrize("kind", ["problem", "request", "feedback"])
def test_what_is_no_complaint_is_not_called_one(office, smtp, kind):
    described(office, kind=kind)
    news(office, "received", kind=kind)
    office.send()

    assert "投诉" not in smtp.parcels[0].title + smtp.parcels[0].body


@pytest.mark.parametrize("what", ["received", "progress", "went_up", "solved", "result", "closed"])
def test_no_customer_reads_of_levels_tiers_or_penalties(office, smtp, what):
    office.person(HANDLER)
    for language in ("zh-CN", "en"):
        described(office, language=language)
        news(office, what, sequence=len(smtp.parcels) + 1, text="ok")
        office.send()

    said = " ".join(parcel.title + parcel.body for parcel in smtp.parcels).lower()
    assert len(smtp.parcels) == 2
    for word in ("level", "级投诉", "tier", "penalt", "负激励", "grade", "等级", str(HANDLER)):
        assert word not in said


@pytest.mark.rule("CP-30", "CP-49", "PT-26")
def test_a_customer_is_told_that_his_case_went_up_was_closed_and_taken_up_again(office, smtp):
    described(office)
    for count, what in enumerate(("went_up", "closed", "reopened", "closed"), start=1):
        news(office, what, sequence=count)
        office.send()

    assert [parcel.reason for parcel in smtp.parcels] == [
        *("case_went_up", "case_closed", "case_reopened", "case_closed"),
    ]


@pytest.mark.rule("PT-26")
def test_what_waits_is_overtaken_by_the_end_and_the_end_by_a_reopening(office, smtp):
    described(office)
    news(office, "progress", text="a")
    news(office, "closed", sequence=2)
    news(office, "reopened", sequence=3)
    office.send()

    assert [(one.reason, one.state, one.state_reason) for one in office.ledger()] == [
        ("case_progress", State.CANCELLED, Why.OVERTAKEN),
        ("case_closed", State.CANCELLED, Why.OVERTAKEN),
        ("case_reopened", State.SENT, None),
    ]


def test_what_was_sent_or_is_about_another_case_is_not_cancelled(office, smtp):
    described(office)
    news(office, "progress", text="a")
    office.send()
    other = {"case_id": str(UUID(int=7))}
    described(office, **other)
    news(office, "progress", text="b", **other)
    news(office, "closed", sequence=2)
    office.send()

    assert [one.state for one in office.ledger()] == [State.SENT] * 3


def test_the_same_news_that_comes_again_is_said_once(office, smtp):
    described(office)
    for _ in range(2):
        news(office, "progress", text="a")
    office.send()

    assert len(smtp.parcels) == 1


def test_news_of_somebody_who_is_not_described_yet_waits_for_him(office, smtp):
    news(office, "progress", text="a")
    assert office.states() == [State.HELD]
    described(office)
    office.send()

    assert office.states() == [State.SENT]


@pytest.mark.rule("CM-04", "PT-26")
def test_a_case_that_names_nobody_is_told_to_the_only_contact_of_its_customer(office, smtp):
    office.contact(None, addresses=MAIL, language="en")
    described(office, addresses=[], customer_id=str(CUSTOMER))
    news(office, "progress", text="a")
    office.send()

    assert office.only().person_id == CONTACT
    assert (smtp.parcels[0].address, smtp.parcels[0].title[:3]) == ("lihua@example.com", "How")


@pytest.mark.rule("PT-26")
def test_of_several_contacts_of_a_customer_none_is_told_what_one_of_them_said(office, smtp):
    for number in (1, 2):
        office.contact(None, addresses=MAIL, contact_id=str(UUID(int=number)))
    described(office, addresses=[], customer_id=str(CUSTOMER))
    news(office, "progress", text="a")
    office.send()

    assert (smtp.parcels, office.only().state_reason) == ([], Why.NO_ADDRESS)


def test_the_address_on_the_form_goes_before_that_of_the_customers_contact(office, smtp):
    office.contact(None, addresses=[{"channel": "smtp", "address": "other@example.com"}])
    described(office, customer_id=str(CUSTOMER))
    news(office, "progress", text="a")
    office.send()

    assert smtp.parcels[0].address == "lihua@example.com"


@pytest.mark.rule("PT-26")
@pytest.mark.parametrize("addresses", [[], [{"channel": "sms", "address": "+8613812345678"}]])
def test_who_cannot_be_written_to_stands_in_the_ledger_and_complaint_is_told(office, addresses):
    described(office, addresses=addresses)
    news(office, "received")
    office.send()

    message = office.only()
    assert (message.state, message.state_reason) == (State.SUPPRESSED, Why.NO_ADDRESS)
    assert unreached(office) == [
        {
            "message_id": str(message.id),
            "case_kind": "complaint",
            "case_id": str(COMPLAINT),
            "message_kind": "case_received",
            "reason": "no_address",
        }
    ]


@pytest.mark.rule("SC-20", "SC-23")
def test_banned_words_of_the_staff_are_not_sent_and_complaint_is_told(office, smtp):
    described(office)
    news(office, "progress", text="不行。")
    office.send()

    assert (smtp.parcels, office.only().state_reason) == ([], Why.PHRASE_BANNED)
    assert [one["reason"] for one in unreached(office)] == ["phrase_banned"]


def test_an_address_that_the_server_refuses_is_told_to_complaint(office, smtp):
    smtp.answers = [REFUSED]
    described(office)
    news(office, "progress", text="a")
    office.send()

    assert [one["reason"] for one in unreached(office)] == ["smtp_550"]


def test_what_was_never_tried_in_time_is_told_to_complaint(office, smtp):
    described(office)
    news(office, "progress", text="a")
    office.clock.at = MONDAY + timedelta(hours=73)
    office.send()

    assert (smtp.parcels, office.only().state_reason) == ([], Why.TOO_LATE)
    assert [one["reason"] for one in unreached(office)] == ["too_late"]


def test_a_notice_to_the_staff_that_fails_is_no_matter_of_a_customer(office, smtp):
    smtp.answers = [REFUSED]
    office.person(HANDLER)
    office.assigned(HANDLER)
    office.send()

    assert unreached(office) == []


@pytest.mark.rule("PT-26")
def test_the_handler_is_asked_to_call_once_for_want_of_an_address(office, smtp):
    office.person(HANDLER)
    needed = {
        **CASE,
        "handler_id": str(HANDLER),
        "message_kind": "case_received",
        "reason": "no_address",
        "occasion": "no_address",
    }
    for _ in range(2):
        office.receive("complaint.customer_call_needed.v1", needed)
    office.send()

    (parcel,) = smtp.parcels
    assert (parcel.person_id, parcel.reason) == (HANDLER, "customer_call_needed")


@pytest.mark.rule("PT-19")
def test_whoever_answers_for_a_stage_is_told(office, smtp):
    office.person(MANAGER)
    stage = {"kind": "problem", "stage": "assessment", "person_ids": [str(MANAGER)]}
    assigned = {**CASE, **stage, "handler_id": str(MANAGER)}
    office.receive("complaint.case_assigned.v1", assigned)
    office.send()

    assert [(one.person_id, one.reason) for one in smtp.parcels] == [(MANAGER, "case_assigned")]


@pytest.mark.rule("CF-10")
def test_who_is_forgotten_is_not_written_to_and_what_he_was_told_is_blank(office, smtp):
    described(office)
    news(office, "result", text="已退款")
    office.send()
    news(office, "closed", sequence=2)
    office.receive(ERASED, CASE)
    office.send()

    first, second = office.ledger()
    assert (first.state, first.title, first.body, first.words) == (State.SENT, None, None, None)
    assert (second.state, second.state_reason) == (State.SUPPRESSED, Why.CONTACT_INACTIVE)
    with office.open() as tx:
        known = tx.contacts.find(COMPLAINT)
    assert (known.name, known.addresses, known.active) == ("erased", (), False)


@pytest.mark.rule("CF-10")
def test_nobody_else_is_told_in_the_place_of_one_who_is_forgotten(office, smtp):
    office.contact(None, addresses=MAIL)
    described(office, customer_id=str(CUSTOMER))
    office.receive(ERASED, CASE)
    news(office, "progress", text="a")
    office.send()

    assert (smtp.parcels, office.only().state_reason) == ([], Why.CONTACT_INACTIVE)


@pytest.mark.rule("CM-18")
def test_a_barred_customer_is_told_how_far_his_case_is(office, smtp):
    described(office, customer_id=str(CUSTOMER))
    office.receive(
        "customer.blacklisted.v1",
        {
            "entry_id": str(UUID(int=9)),
            "customer_id": str(CUSTOMER),
            "customer_number": None,
            "scope": "company",
            "unit": None,
            "org_unit": "hq",
            "valid_until": None,
            "told_ids": [],
        },
    )
    news(office, "progress", text="a")
    office.send()

    assert len(smtp.parcels) == 1


def test_each_language_has_its_words_for_the_same_steps():
    assert {language for _, language in builtin()} == set(terms())
    assert len({frozenset(known) for known in terms().values()}) == 1


@pytest.mark.rule("SC-23")
@pytest.mark.parametrize("code", [one for one in TEMPLATES if one.startswith("case_")])
def test_the_words_for_customers_say_nothing_that_is_banned(office, code):
    with office.open() as tx:
        banned = tx.banned_of_company()
    for language in terms():
        assert builtin()[code, language].wording.offences(banned) == []
