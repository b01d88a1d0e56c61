"""Whatever happens to an order, in whatever order: it ends, or somebody who is there has it in hand
and something is due at some time (WO-01, WO-10)."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dispatch.adapters.columns import metadata
from dispatch.api.policies import PACKS, SECTIONS
from dispatch.domain.deadlines import owners
from dispatch.domain.unable import Decision
from dispatch.domain.verification import Finding
from dispatch.domain.work_order_states import IN_HAND, TRANSITIONS, Command, State
from dispatch.use_cases.verification import verified
from shared.policy import Rulebook
from shared.rules import RuleBroken
from shared.testing import memory

from .company import DISPATCHER, FRIDAY, SUPERVISOR, WORKER, make_company
from .office import ENGINEER, HEAD, MANAGER, Office

RULEBOOK = Rulebook.load("dispatch", SECTIONS, default=PACKS)
RECEIVERS = (WORKER, ENGINEER, HEAD)
# The supervisor stays: with nobody left in the whole company one only looks again.
MAY_LEAVE = (WORKER, ENGINEER, HEAD, MANAGER, DISPATCHER)
PEOPLE = (*MAY_LEAVE, SUPERVISOR)


class Orders(RuleBasedStateMachine):
    """One order, on which anybody tries anything at any time."""

    @initialize(hours=st.integers(-5, 100), from_paper=st.booleans())
    def issue(self, hours, from_paper):
        self.sessions = memory(metadata)
        make_company(self.sessions, RULEBOOK)
        self.office = Office(self.sessions, RULEBOOK)
        self.gone = set()
        self.office.issue(reply_due_at=FRIDAY + timedelta(hours=hours), from_paper=from_paper)

    def teardown(self):
        if hasattr(self, "office"):
            self.nothing_was_told_twice()
            self.sessions.kw["bind"].dispose()

    def nothing_was_told_twice(self):
        assert len(self.office.told("reply_overdue")) <= 1
        assert len(self.office.told("cancelled")) + len(self.office.told("archived")) <= 1
        late = [one for one in self.office.breaches() if one.code == "late_unreported"]
        assert len(late) == [one["breach"] for one in self.office.told("reply_overdue")].count(True)

    def attempt(self, act, *args, **kwargs):
        """What a rule refuses changes nothing, and is no fault here."""
        before = self.office.found()
        try:
            act(*args, **kwargs)
        except RuleBroken:
            after = self.office.found()
            assert (after.version, after.state) == (before.version, before.state)

    @rule(data=st.data())
    def go_on(self, data):
        """Whose turn it is does what the state allows, so that the walk gets somewhere."""
        order = self.office.found()
        commands = sorted(set(TRANSITIONS[order.state]) & set(self.acts()))
        turn = owners(order)
        by = next((one for one in PEOPLE if UUID(one.id) in turn), SUPERVISOR)
        if commands:
            to = data.draw(st.sampled_from(RECEIVERS))
            self.attempt(self.acts()[data.draw(st.sampled_from(commands))], by, to)

    @rule(command=st.sampled_from(Command), by=st.sampled_from(PEOPLE), data=st.data())
    def try_anything(self, command, by, data):
        act = self.acts().get(command)
        if act:
            self.attempt(act, by, data.draw(st.sampled_from(RECEIVERS)))

    def acts(self):
        """What each command is, given by one person, with the receiver whom he chooses."""
        office = self.office
        return {
            Command.ACCEPT: lambda by, _: office.accept(by),
            Command.START: lambda by, _: office.start(by),
            Command.REPORT_PROGRESS: lambda by, _: office.report(by),
            Command.REPORT_UNABLE: lambda by, _: office.unable(by),
            Command.COMPLETE: lambda by, _: office.complete(by),
            Command.CALL_BACK: lambda by, _: office.call_back(by),
            Command.SIGN: lambda by, _: office.sign(by),
            Command.ARCHIVE: lambda by, _: office.archive(by),
            Command.REASSIGN: self.give_to_another,
            Command.INSIST: lambda by, _: office.decide(Decision.INSIST, by),
            Command.REFER_UP: lambda by, _: office.decide(Decision.REFER_UP, by),
            Command.CANCEL: lambda by, _: office.decide(Decision.CANCEL, by),
            Command.RECORD_BREACH: lambda by, _: office.record("refusal", by),
        }

    def give_to_another(self, by, to):
        if self.office.found().state is State.UNABLE_REPORTED:
            self.office.decide(Decision.REASSIGN, by, to)
        else:
            self.office.reassign(to, by)

    @rule(who=st.sampled_from(MAY_LEAVE), successor=st.none() | st.sampled_from(PEOPLE))
    def come_and_go(self, who, successor):
        """Some leave by name of a successor, some without a word."""
        if who in self.gone:
            self.gone.discard(who)
            self.office.return_(who)
        elif successor in {who, None} or successor in self.gone:
            self.gone.add(who)
            self.office.leave(who)
        else:
            self.gone.add(who)
            self.office.depart(who, successor)

    @rule(hours=st.integers(1, 200), late=st.booleans())
    def time_passes(self, hours, late):
        """Every timer goes off at its own time, or is still waiting when the next thing happens."""
        if late:
            self.office.now += timedelta(hours=hours)
        else:
            self.office.until(self.office.now + timedelta(hours=hours))

    @invariant()
    def ended_or_due_and_owned(self):
        if not hasattr(self, "office"):
            return
        order = self.office.found()
        if order.ended:
            assert (order.next_due_at, owners(order)) == (None, ())
            assert "work_order.wake" not in self.kinds()
            return
        assert order.next_due_at is not None
        assert self.kinds().count("work_order.wake") == 1
        [owner] = owners(order)
        assert owner not in {UUID(one.id) for one in self.gone}
        if order.state in IN_HAND:
            assert order.receiver_gone is (order.receiver_id in {UUID(g.id) for g in self.gone})
        assert (order.state is State.UNABLE_REPORTED) <= (order.decider_id is not None)

    @invariant()
    def what_was_signed_stays(self):
        """No command changes what somebody signed (WO-08, WO-14)."""
        if hasattr(self, "office"):
            with self.sessions() as session:
                found = verified(session, self.office.order_id)
            assert {Finding.INTACT} >= {one.finding for one in found}

    def kinds(self):
        return [row.kind for row in self.office.waiting()]


TestOrders = pytest.mark.rule("WO-01", "WO-10")(Orders.TestCase)
Orders.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
