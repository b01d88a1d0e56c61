"""Whatever becomes of the plan, each open visit has its timers once and a closed one none."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.visits import appoint_visit
from shared.rules import Invalid, WrongState

from .desk import PEOPLE, at

OWN = (None, PEOPLE["north"], PEOPLE["south"])
STEPS = st.one_of(
    st.tuples(st.just("amount"), st.sampled_from([0, 100, 500])),
    st.tuples(st.just("visitor"), st.sampled_from(OWN)),
    st.tuples(st.just("unit"), st.sampled_from(["shop-01", "shop-03"])),
    st.tuples(st.just("wait"), st.integers(1, 60)),
    st.tuples(st.just("fire"), st.none()),
    st.tuples(st.just("complete"), st.none()),
    st.tuples(st.just("appoint"), st.integers(0, 30)),
)
COMMANDS = {
    "visit.remind": Command.REMIND,
    "visit.overdue": Command.REPORT_OVERDUE,
    "visit.escalate": Command.ESCALATE,
}


def appoint(desk, customer, day):
    with desk.open() as tx:
        (visit,) = tx.visits.open_of(customer.id).values()
        return appoint_visit(tx, visit, appointed_on=day)


def step(desk, customer, name, value):
    if name == "amount":
        desk.change(customer, annual_amount=Decimal(value))
    elif name == "visitor":
        desk.change(customer, visitor_id=value)
    elif name == "unit":
        desk.change(customer, org_unit=value)
    elif name == "wait":
        desk.now += timedelta(days=value)
    elif name == "fire" and desk.timers():
        desk.fire()
    elif name == "complete":
        desk.complete(customer, on=desk.now.date())
    elif name == "appoint":
        try:
            appoint(desk, customer, desk.now.date() + timedelta(days=value))
        except (Invalid, WrongState):
            return


@pytest.mark.rule("VS-43")
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=8))
def test_each_open_visit_has_the_timers_that_its_state_leaves_and_a_closed_one_none(desk, steps):
    desk.now = max(desk.now, at(2026, 3, 2, 10))
    number = f"F-{desk.now:%Y%m%d}-{len(desk.types())}"
    customer = desk.register(number, annual_amount=Decimal(500))

    for name, value in steps:
        step(desk, customer, name, value)

    open_ones = {f"visit/{visit.id}": visit for visit in desk.open_visits(customer)}
    others = {str(one["visit_id"]) for one in desk.told("visit_planned")}
    pending = {pair for pair in desk.timers() if pair[0] in COMMANDS}
    assert 1 == len(open_ones)
    for kind, subject in pending:
        if subject in open_ones:
            assert COMMANDS[kind] in TRANSITIONS[open_ones[subject].state]
        else:
            assert subject.removeprefix("visit/") in others
    for subject, visit in open_ones.items():
        assert {kind for kind, of in pending if of == subject} == {
            kind for kind, command in COMMANDS.items() if command in TRANSITIONS[visit.state]
        }
    with desk.open() as tx:
        closed = {
            subject
            for _, subject in pending
            if tx.visits.known(_id(subject)).state in ("done", "cancelled")
        }
    assert set() == closed


def _id(subject):
    return UUID(subject.removeprefix("visit/"))


@pytest.mark.rule("VS-43")
def test_the_visitor_chooses_a_day_within_the_bound_and_is_reminded_of_that_one(desk):
    customer = desk.register(annual_amount=Decimal(500))

    visit = appoint(desk, customer, date(2026, 3, 20))

    subject = f"visit/{visit.id}"
    assert {
        ("visit.remind", subject): at(2026, 3, 17, 9),
        ("visit.overdue", subject): at(2026, 4, 7, 9),
    } == desk.timers()
    for day in (date(2026, 4, 3), date(2026, 3, 1)):
        with pytest.raises(Invalid):
            appoint(desk, customer, day)
    assert date(2026, 4, 2) == appoint(desk, customer, date(2026, 4, 2)).appointed_on
