"""Newsletters: written, allowed by another, sent once to those who asked for them (CM-02)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from notify.domain.message_states import State
from notify.domain.newsletter_states import ISSUE_TRANSITIONS, IssueCommand, IssueState
from notify.domain.newsletters import (
    Audience,
    Newsletter,
    NoSayOnIssue,
    OwnIssue,
    SendsTooEarly,
    Text,
    TopicUnknown,
    months_later,
)
from notify.domain.templates import PhraseBanned
from notify.use_cases import newsletters
from notify.use_cases.promotion_consents import GivenLater, give_consent, withdraw_consent
from shared.rules import WrongState

from .conftest import CONTACT, HANDLER, MANAGER
from .test_care_tasks import customer, staff

LOG = [{"channel": "log", "address": "li"}]
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday
EDITOR = SimpleNamespace(id=str(HANDLER), roles=("marketing_specialist",))
HEAD = SimpleNamespace(id=str(MANAGER), roles=("department_head",))
TEXTS = {
    "zh-CN": Text(headline="新品上市", text="欢迎了解。"),
    "en": Text(headline="New products", text="Have a look."),
}
TOPICS = {
    "company_materials": "CM-02",
    "industry_news": "CM-02",
    "offers": "CM-02",
    "coupons": "CM-05",
    "exclusive_offers": "CM-08",
    "customer_updates": "CM-09",
}


def write(office, **other):
    asked = {
        "unit": "region-north",
        "topic": "offers",
        "audience": Audience(),
        "texts": TEXTS,
        "send_at": AT,
        "caller": EDITOR,
        **other,
    }
    with office.open() as tx:
        return newsletters.write_issue(tx, **asked).id


def act(office, id_, use_case, **given):
    with office.open() as tx:
        return use_case(tx, tx.newsletters.to_change(id_, unit="hq"), **given)


def approve(office, id_):
    act(office, id_, newsletters.decide_issue, command=IssueCommand.APPROVE, caller=HEAD)


def state(office, id_):
    with office.open() as tx:
        return tx.newsletters.get(id_, unit="hq").state


def consent(office, contact=CONTACT, topics=()):
    with office.open() as tx:
        given = {"topics": topics, "given_at": tx.now, "form": "folder 7", "wording": "1"}
        return give_consent(tx, tx.contacts.get(contact), **given).id


@pytest.fixture
def asking(office):
    """Somebody who asked for everything, and somebody who asked for nothing."""
    staff(office)
    office.contact(None, addresses=LOG)
    office.contact(None, contact_id=str(UUID(int=5)), addresses=LOG)
    consent(office)
    return office


def sent_to(office, topic="offers"):
    return [one.person_id for one in office.ledger(reason=topic)]


@pytest.mark.parametrize(
    "topic",
    [pytest.param(one, marks=pytest.mark.rule(rule)) for one, rule in TOPICS.items()],
)
def test_an_issue_that_is_allowed_goes_out_at_its_time_to_those_who_asked_for_it(asking, topic):
    id_ = write(asking, topic=topic)
    proposed = asking.only(reason="newsletter_proposed")
    approve(asking, id_)
    asking.fire(at=AT - timedelta(microseconds=1))
    before = sent_to(asking, topic)
    asking.fire(at=AT)

    message = asking.only(reason=topic)
    assert (MANAGER, []) == (proposed.person_id, before)
    assert (CONTACT, "新品上市", "promotion") == (
        message.person_id,
        message.title,
        message.purpose,
    )
    assert TOPICS[topic] == message.because.rule
    assert AT + timedelta(hours=72) == message.expires_at
    assert IssueState.SENT is state(asking, id_)
    moved = [one["state"] for type_, one in asking.told() if type_ == "notify.newsletter_moved.v1"]
    assert ["proposed", "approved", "sending", "sent"] == moved


@pytest.mark.rule("CM-02")
def test_an_issue_that_nobody_allowed_by_its_time_is_not_sent(asking):
    id_ = write(asking)
    asking.fire(at=AT)

    assert (IssueState.LAPSED, []) == (state(asking, id_), sent_to(asking))
    assert HANDLER == asking.only(reason="newsletter_ended").person_id


@pytest.mark.rule("CM-02")
def test_a_month_after_an_issue_its_editor_is_told_that_the_next_one_is_due(asking):
    approve(asking, write(asking))
    asking.fire(at=AT)
    due = months_later(AT, 1)
    asking.fire(at=due - timedelta(microseconds=1))
    before = asking.ledger(reason="newsletter_due")
    asking.fire(at=due)

    assert ([], HANDLER) == (before, asking.only(reason="newsletter_due").person_id)


def test_nobody_is_reminded_of_what_is_written_already(asking):
    approve(asking, write(asking))
    asking.fire(at=AT)
    write(asking, send_at=months_later(AT, 1) + timedelta(days=1))
    asking.fire(at=months_later(AT, 1))

    assert [] == asking.ledger(reason="newsletter_due")


@pytest.mark.rule("CM-18")
def test_a_topic_that_was_not_asked_for_is_not_sent(office):
    staff(office)
    office.contact(None, addresses=LOG)
    consent(office, topics=("industry_news",))
    approve(office, write(office))
    approve(office, write(office, topic="industry_news"))
    office.fire(at=AT)

    assert ([], [CONTACT]) == (sent_to(office), sent_to(office, "industry_news"))


@pytest.mark.rule("CM-18")
def test_what_waits_is_dropped_when_the_consent_is_withdrawn(office):
    staff(office)
    office.contact(None, addresses=LOG)
    given = consent(office)
    approve(office, write(office))
    office.fire(at=AT)
    with office.open() as tx:
        withdraw_consent(tx, tx.promotion_consents.get(given, unit="hq"))

    message = office.only(reason="offers")
    assert ("suppressed", "consent_withdrawn") == (message.state, message.state_reason)
    with pytest.raises(WrongState), office.open() as tx:
        withdraw_consent(tx, tx.promotion_consents.get(given, unit="hq"))


def test_what_another_consent_allows_is_still_sent(office):
    staff(office)
    office.contact(None, addresses=LOG)
    given = consent(office, topics=("offers",))
    consent(office)
    approve(office, write(office))
    office.fire(at=AT)
    with office.open() as tx:
        withdraw_consent(tx, tx.promotion_consents.get(given, unit="hq"))

    assert State.PLANNED is office.only(reason="offers").state


def test_a_consent_is_not_given_in_the_future(office):
    office.contact(None)
    later = {"topics": (), "given_at": office.clock.at + timedelta(seconds=1)}
    with pytest.raises(GivenLater), office.open() as tx:
        give_consent(tx, tx.contacts.get(CONTACT), **later, form="7", wording="1")


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(sizes=("large",)), True),
        (Audience(sizes=("small", "medium")), False),
        (Audience(kinds=("company",), key_accounts=True), True),
        (Audience(kinds=("consumer",)), False),
        (Audience(grades=("medical:vip",)), True),
        (Audience(grades=("medical:preferred",)), False),
    ],
)
def test_only_the_audience_of_an_issue_gets_it(asking, audience, reached):
    customer(asking, key=True)
    told = {"scheme": "medical", "old": None, "new": "vip", "product": "", "unit": "region-north"}
    of = {"customer_id": str(asking_customer(asking)), "org_unit": "shop-01"}
    asking.receive("customer.grade_changed.v1", {**of, **told})
    approve(asking, write(asking, audience=audience))
    asking.fire(at=AT)

    assert ([CONTACT] if reached else []) == sent_to(asking)


def asking_customer(office):
    with office.open() as tx:
        return tx.contacts.get(CONTACT).customer_id


def test_a_grade_of_another_unit_does_not_count(asking):
    told = {"scheme": "medical", "old": None, "new": "vip", "product": "", "unit": "shop-02"}
    of = {"customer_id": str(asking_customer(asking)), "org_unit": "shop-01"}
    asking.receive("customer.grade_changed.v1", {**of, **told})
    approve(asking, write(asking, audience=Audience(grades=("medical:vip",))))
    asking.fire(at=AT)

    assert [] == sent_to(asking)


def test_an_issue_goes_on_behind_the_last_one_and_reaches_nobody_twice(office, monkeypatch):
    monkeypatch.setattr(newsletters, "MOST", 3)
    staff(office)
    for index in range(7):
        id_ = UUID(int=0x7000_9000 << 64 | index)
        office.contact(None, contact_id=str(id_), addresses=LOG)
        consent(office, contact=id_)
    id_ = write(office)
    approve(office, id_)
    planned, tries = newsletters.plan, []

    def dying(tx, intent):
        tries.append(intent.person_id)
        if len(tries) == 5:
            raise RuntimeError("the worker dies")
        return planned(tx, intent)

    monkeypatch.setattr(newsletters, "plan", dying)
    office.fire(at=AT)
    assert (3, IssueState.SENDING) == (len(sent_to(office)), state(office, id_))
    office.later(hours=1)
    office.fire(at=AT)

    assert 7 == len({*sent_to(office)}) == len(sent_to(office))
    assert IssueState.SENT is state(office, id_)


def test_what_waits_of_an_issue_that_is_withdrawn_is_cancelled(asking, monkeypatch):
    monkeypatch.setattr(newsletters, "MOST", 1)
    id_ = write(asking)
    approve(asking, id_)
    with asking.open() as tx:
        newsletters.go_out(tx, issue_id=id_, behind=None)
        newsletters.go_out(tx, issue_id=id_, behind=UUID(int=5))
    act(asking, id_, newsletters.withdraw_issue, reason="a wrong price")

    assert "cancelled" == asking.only(reason="offers").state
    asking.fire(at=AT)
    assert IssueState.WITHDRAWN is state(asking, id_)


@pytest.mark.rule("CM-02")
@pytest.mark.parametrize(
    ("caller", "refusal"),
    [
        (SimpleNamespace(id=str(MANAGER), roles=("sales_team",)), NoSayOnIssue),
        (SimpleNamespace(id=str(HANDLER), roles=("department_head",)), OwnIssue),
    ],
)
def test_only_another_who_has_a_say_allows_an_issue(asking, caller, refusal):
    id_ = write(asking)
    for command in (IssueCommand.APPROVE, IssueCommand.DECLINE):
        with pytest.raises(refusal):
            act(asking, id_, newsletters.decide_issue, command=command, caller=caller)

    assert IssueState.PROPOSED is state(asking, id_)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"topic": "gossip"}, TopicUnknown),
        ({"send_at": AT - timedelta(days=30)}, SendsTooEarly),
        ({"texts": {"zh-CN": Text(headline="x", text="这是小王的事,找他去")}}, PhraseBanned),
    ],
)
def test_an_issue_that_cannot_be_is_refused(asking, asked, refusal):
    with pytest.raises(refusal):
        write(asking, **asked)


def commanded(issue, command):
    if command in (IssueCommand.APPROVE, IssueCommand.DECLINE):
        return issue.decide(command, by=HEAD.id, roles=HEAD.roles, reason=None, now=AT)
    return issue.move(command)


@pytest.mark.parametrize("command", IssueCommand)
@pytest.mark.parametrize("before", IssueState)
def test_every_command_has_its_answer_in_every_state(asking, before, command):
    id_ = write(asking)
    with asking.open() as tx:
        issue = tx.newsletters.get(id_, unit="hq")
    issue.state = before
    if command in ISSUE_TRANSITIONS[before]:
        event = commanded(issue, command)
        assert ISSUE_TRANSITIONS[before][command] == issue.state == event.state
        return
    with pytest.raises(WrongState) as refused:
        commanded(issue, command)
    assert before is issue.state
    assert refused.value.extra["allowed"] == [one.value for one in ISSUE_TRANSITIONS[before]]


@pytest.mark.parametrize(
    ("at", "months", "later"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=UTC), 1, datetime(2026, 2, 28, 9, tzinfo=UTC)),
        (datetime(2026, 12, 10, 9, tzinfo=UTC), 1, datetime(2027, 1, 10, 9, tzinfo=UTC)),
        (datetime(2026, 3, 10, 9, tzinfo=UTC), 24, datetime(2028, 3, 10, 9, tzinfo=UTC)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(at, months, later):
    assert later == months_later(at, months)


@pytest.mark.parametrize(
    ("language", "headline"), [("en-GB", "New products"), ("fr", "新品上市"), ("zh-TW", "新品上市")]
)
def test_everybody_reads_it_in_the_nearest_language(asking, language, headline):
    id_ = write(asking)
    with asking.open() as tx:
        issue = tx.session.get_one(Newsletter, id_)

    assert headline == issue.in_language(language).headline
