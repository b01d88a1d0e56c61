"""Why somebody was told of an event, or was not: each reason by its code."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from notify.adapters.hearings import AGING, hearings
from notify.adapters.message_table import messages
from notify.consumers import SUBSCRIPTIONS
from notify.domain.hearings import VERDICTS
from notify.domain.message_states import State
from notify.domain.subscriptions.terms import Terms
from notify.main import SERVICE
from shared import inbox as inbox_of
from shared.applying import Applier
from shared.housekeeping import HANDLED, Housekeeping
from shared.ids import new_id
from shared.rules import RuleBroken, UnitUnknown
from shared.subscriptions import Subscription
from shared.tables import inbox
from shared.testing import examples
from shared.testing_inbox import delivered
from shared.web.testing import StandingClock

from .conftest import BOTH, COMPLAINT, CONTACT, CUSTOMER, FORM, HANDLER, HELD, MANAGER, REFUSED

ASSIGNED = "complaint.assigned.v1"
TOLD = {
    **HELD,
    "level": 1,
    "tier": 1,
    "reason": "filed",
    "form_id": str(FORM),
    "person_ids": [str(HANDLER)],
}
EVENT = UUID(int=0x7000_8000 << 64 | 99)


@pytest.fixture
def explained(as_):
    """What an auditor is answered about the event, unless it is another one."""

    def ask(person=HANDLER, event=EVENT, unit="hq"):
        answer = as_("auditor", unit=unit).get(
            "/v1/explain", query_string={"event": str(event), "person": str(person)}
        )
        assert answer.status_code == 200, answer.json
        return answer.json

    return ask


def verdict(answer):
    return answer["verdict"], answer["why"]


def hear(office, event_id=EVENT, **facts):
    office.receive(ASSIGNED, {**TOLD, **facts}, event_id=event_id)


def test_who_was_told_was_told_by_a_row_of_the_catalogue_and_a_clause(office, explained):
    office.person()
    hear(office)
    office.send()

    answer = explained()
    (rule,) = answer["rules"]
    (message,) = rule["messages"]
    assert ("told", None) == verdict(answer)
    assert (ASSIGNED, "shop-01", None) == (
        answer["event_type"],
        answer["org_unit"],
        answer["told_instead"],
    )
    assert ("complaint_assigned", ["person_ids"], "CP-18", "planned") == (
        rule["reason"],
        rule["audience"],
        rule["because"]["rule"],
        rule["outcome"],
    )
    assert ("sent", str(EVENT), f"complaint/{COMPLAINT}") == (
        message["state"],
        message["event_id"],
        message["subject"],
    )
    assert "****" == message["body"]


def test_a_channel_that_failed_is_followed_by_the_next_one(office, smtp, webhook, explained):
    office.person(addresses=BOTH)
    smtp.answers = [REFUSED]
    hear(office)
    office.send()

    answer = explained()
    lines = [
        (one["channel"], one["state"], one["state_reason"])
        for one in answer["rules"][0]["messages"]
    ]
    assert ("told", None) == verdict(answer)
    assert [("smtp", "failed", "smtp_550"), ("webhook", "sent", None)] == lines


def test_the_last_channel_says_why_nobody_was_told(office, smtp, explained):
    office.person()
    smtp.answers = [REFUSED]
    hear(office)
    office.send()

    assert ("not_told", "smtp_550") == verdict(explained())


def test_a_recipient_who_is_not_known_is_waited_for(office, explained):
    hear(office)

    assert ("waiting", "contact_unknown") == verdict(explained())


def test_who_left_is_not_told(office, explained):
    office.person(active=False)
    hear(office)

    assert ("not_told", "contact_inactive") == verdict(explained())


def test_what_waits_to_be_sent_says_its_state(office, explained):
    office.person()
    hear(office)

    assert ("waiting", "planned") == verdict(explained())


def test_what_came_too_late_says_so(office, explained):
    hear(office)
    office.clock.at += timedelta(days=30)
    office.person()

    assert ("not_told", "too_late") == verdict(explained())


@pytest.mark.rule("CM-18")
def test_a_purpose_that_is_barred_says_so(office, explained):
    hear(office)
    with office.open() as tx:
        tx.session.execute(
            update(messages).values(state=State.SUPPRESSED, state_reason="customer_barred")
        )

    assert ("not_told", "customer_barred") == verdict(explained())


def test_an_answer_that_was_lost_leaves_it_open(office, smtp, explained):
    office.person()
    hear(office)
    office.begin_and_die()
    office.later(minutes=5)
    office.send()

    assert ("perhaps_told", "interrupted") == verdict(explained())


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_verdict(office, explained, state):
    hear(office)
    with office.open() as tx:
        tx.session.execute(update(messages).values(state=state))

    assert VERDICTS[state] == explained()["verdict"]


def test_who_is_not_in_the_audience_is_told_which_it_is(office, explained):
    hear(office)

    answer = explained(MANAGER)
    assert ("not_told", "not_in_audience") == verdict(answer)
    assert [("not_in_audience", ["person_ids"], [])] == [
        (one["outcome"], one["audience"], one["messages"]) for one in answer["rules"]
    ]


def test_of_two_rules_with_one_reason_the_second_did_not_speak(office, explained):
    hear(office, level=3)

    assert [("CP-20", "planned"), ("CP-18", "spoken_by_other_rule")] == [
        (one["because"]["rule"], one["outcome"]) for one in explained()["rules"]
    ]


def test_what_another_event_said_is_not_said_again(office, explained):
    first = new_id()
    hear(office, event_id=first)
    hear(office)

    (rule,) = explained()["rules"]
    assert ("said_before", str(first)) == (rule["outcome"], rule["messages"][0]["event_id"])


def test_an_event_without_a_rule_in_the_packs_is_named(office, explained, monkeypatch):
    monkeypatch.setattr("notify.adapters.transaction.Policies.rulings", lambda *_, **__: [])
    hear(office)

    answer = explained()
    assert ("not_told", "no_notice_rule") == verdict(answer)
    assert (ASSIGNED, []) == (answer["event_type"], answer["rules"])


def test_a_listing_that_was_lifted_before_it_came_is_passed_over(office, explained):
    listed = examples("customer.blacklisted.v1")[0]
    lifted = {**examples("customer.blacklist_lifted.v1")[0], "entry_id": listed["entry_id"]}
    office.receive("customer.blacklist_lifted.v1", lifted, sequence=2)
    office.receive("customer.blacklisted.v1", listed, sequence=1, event_id=EVENT)

    assert ("not_told", "overtaken") == verdict(explained())


def test_a_case_that_names_nobody_leads_to_the_contact_who_was_told(office, explained):
    office.contact(None, addresses=[BOTH[0]])
    case = "0199a000-0000-7000-8000-000000000001"
    described = {
        **examples("complaint.case_contact_described.v1")[0],
        "case_id": case,
        "customer_id": str(CUSTOMER),
        "addresses": [],
        "org_unit": "shop-01",
    }
    office.receive("complaint.case_contact_described.v1", described)
    news = {**examples("complaint.case_news_arose.v1")[0], "case_id": case, "org_unit": "shop-01"}
    office.receive("complaint.case_news_arose.v1", news, event_id=EVENT)
    office.send()

    answer = explained(case)
    assert (str(CONTACT), "told") == (answer["told_instead"], answer["verdict"])


def arrive(office, *, subscriptions=SUBSCRIPTIONS, runs=1, **of_envelope):
    """The event comes from the broker, and its handler is tried ``runs`` times."""
    given = {"type_": ASSIGNED, "event_id": EVENT, "data": TOLD, "orgunit": "shop-01"}
    with office.open() as tx:
        inbox_of.store(tx.session, [delivered(**{**given, **of_envelope})], now=office.real.at)
    applier = Applier(
        service="notify",
        begin=office.begin,
        subscriptions=subscriptions,
        clock=office.clock,
        real=office.real,
    )
    for _ in range(runs):
        applier.apply_next()
        office.later(hours=1)


def test_an_event_that_is_handled_is_explained_with_what_was_committed(office, explained):
    arrive(office)

    assert ("waiting", "contact_unknown") == verdict(explained())


def test_an_event_that_never_came_was_not_heard_of(explained):
    answer = explained()

    assert ("not_told", "event_unheard") == verdict(answer)
    assert answer["event_type"] is None


def test_an_event_behind_a_gap_waits(office, explained):
    arrive(office, sequence=2)

    assert ("not_told", "event_waiting") == verdict(explained())


def test_an_event_of_a_unit_that_nobody_told_of_waits_with_the_code_of_its_error(office, explained):
    data = {**TOLD, "org_unit": "shop-99"}
    arrive(office, data=data)

    answer = explained()
    assert ("not_told", "event_waiting", "unit_unknown") == (*verdict(answer), answer["error"])


def test_an_event_that_cannot_be_read_is_parked(office, explained):
    arrive(office, data={"org_unit": "shop-01"})

    answer = explained()
    assert ("not_told", "event_parked", "ValidationError") == (*verdict(answer), answer["error"])


def test_an_event_that_somebody_dropped_says_so(office, explained):
    arrive(office, runs=0)
    with office.open() as tx:
        tx.session.execute(update(inbox).values(state="dropped"))

    assert ("not_told", "event_dropped") == verdict(explained())


def test_an_event_of_which_nobody_is_ever_told_says_so(office, explained):
    arrive(office, type_="complaint.filed.v1", data={"org_unit": "shop-01"})

    answer = explained()
    assert ("not_told", "not_in_catalogue") == verdict(answer)
    assert "complaint.filed.v1" == answer["event_type"]


def test_an_event_behind_which_its_subject_began_came_too_late(office, explained):
    with office.open() as tx:
        inbox_of.start_at(tx.session, "complaint/1", applied=5)
    arrive(office, sequence=3)

    assert ("not_told", "event_late") == verdict(explained())


def test_an_event_that_a_rule_refused_says_which(office, explained):
    def refuse(*_):
        raise RuleBroken("Too late for that.")

    reads = SUBSCRIPTIONS[ASSIGNED].reads
    arrive(office, subscriptions={ASSIGNED: Subscription(reads, refuse)})

    answer = explained()
    assert ("not_told", "event_late", "rule_broken") == (*verdict(answer), answer["error"])


def test_an_event_that_was_handled_before_decisions_were_kept_says_so(office, explained):
    arrive(office)
    with office.open() as tx:
        tx.session.execute(hearings.delete())

    assert ("not_told", "event_not_kept") == verdict(explained())


@pytest.mark.parametrize("runs", [0, 1])
def test_an_event_of_another_unit_was_not_heard_of(office, explained, runs):
    arrive(office, runs=runs)

    seen, unseen = explained(unit="region-north"), explained(unit="shop-03")
    assert "event_unheard" != seen["why"]
    assert explained(event=new_id(), unit="shop-03") == unseen


@pytest.mark.parametrize("query", [{}, {"event": "1", "person": str(HANDLER)}])
def test_event_and_person_are_ids(as_, query):
    answer = as_("auditor").get("/v1/explain", query_string=query)

    assert (422, "invalid") == (answer.status_code, answer.json["code"])


def test_a_handler_that_fails_leaves_no_decision(office):
    with pytest.raises(UnitUnknown):
        hear(office, org_unit="shop-99")

    with office.sessions() as session:
        assert 0 == session.scalar(select(func.count()).select_from(hearings))


def test_what_was_decided_is_kept_as_long_as_the_event(office, sessions):
    hear(office)
    clock = StandingClock(office.clock.at + HANDLED)
    keeping = Housekeeping(sessions, clock, [AGING])

    assert 0 == keeping.sweep()
    clock.at += timedelta(seconds=1)
    assert 1 == keeping.sweep()
    assert AGING in SERVICE.aging(SimpleNamespace(terms=Terms()))


def test_messages_are_found_by_the_event_that_made_them_and_by_channel(office, as_):
    office.person()
    hear(office)
    hear(office, event_id=new_id(), form_id=str(new_id()))
    office.send()

    def count(**query):
        return len(as_("auditor").get("/v1/messages", query_string=query).json["items"])

    assert (1, 0, 2, 0) == (
        count(event=str(EVENT)),
        count(event=str(new_id())),
        count(channel="log"),
        count(channel="sms"),
    )
