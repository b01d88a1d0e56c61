"""Whatever happens to complaints, in whatever order: each is closed in the end, or has a due time
that lies in the hands of somebody who is there (CP-04, CP-22, CP-30, CP-31)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaint.adapters.tables import metadata
from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from complaint.domain.states import IN_HANDS, State
from complaint.use_cases import handling, staff
from complaint.use_cases.clock_owners import owners
from shared.policy import Rulebook
from shared.rules import RuleBroken
from shared.testing import memory

from .desk import STAFF, opened

FOLLOWED = ("oversight", "franchise", "generic")
RULEBOOK = Rulebook.load("complaint", SECTIONS, default=FOLLOWED, misfits=misfits)
HIGHEST = 3
# One of each pair may leave: somebody of each role stays, or the rule that nobody can be found
# would answer instead.
MAY_LEAVE = ("assistant-north", "manager")


class Complaints(RuleBasedStateMachine):
    """One complaint, on which anybody tries anything at any time."""

    @initialize(level=st.integers(1, HIGHEST))
    def file(self, level):
        self.sessions = memory(metadata)
        self.desk = opened(self.sessions, RULEBOOK)
        self.complaint = self.desk.file_at_level(level) if level > 1 else self.desk.file()
        self.gone = set()

    def teardown(self):
        if hasattr(self, "sessions"):
            self.nothing_was_told_twice()
            self.sessions.kw["bind"].dispose()

    def nothing_was_told_twice(self):
        told = [
            (data.get("clock", kind), data["due_at"], data["because"]["clause"])
            for kind in BREACHES
            for data in self.desk.told(kind)
        ]
        assert len(told) == len(set(told))

    def attempt(self, act, *args, **kwargs):
        """What a rule refuses changes nothing, and is no fault here."""
        before = self.found()
        try:
            act(self.complaint, *args, **kwargs)
        except RuleBroken:
            after = self.found()
            assert (after.version, after.state) == (before.version, before.state)

    def found(self):
        return self.desk.read(self.complaint)

    @rule()
    def contact(self):
        self.attempt(self.desk.contact, by=self.desk.handler(self.complaint))

    @rule()
    def tell_progress(self):
        self.attempt(self.desk.tell_progress)

    @rule()
    def tell_result(self):
        self.attempt(self.desk.tell)

    @rule(code=st.sampled_from([1, 3, 4, 5]))
    def answer(self, code):
        self.attempt(self.desk.answer, code)

    @rule(satisfied=st.booleans())
    def call_back(self, satisfied):
        self.attempt(self.desk.call_back, satisfied=satisfied)

    @rule(level=st.integers(1, HIGHEST))
    def raise_level(self, level):
        by = self.desk.caller("manager")

        def act(complaint):
            self.desk.do(handling.raise_level, complaint.id, by=by, level=level, reason="grave")

        self.attempt(act)

    @rule(level=st.integers(1, HIGHEST), name=st.sampled_from(sorted(STAFF)))
    def lower_level(self, level, name):
        self.attempt(self.desk.lower, level, by=name)

    @rule()
    def reopen_closed(self):
        self.attempt(self.desk.reopen)

    @rule(days=st.integers(1, 7))
    def hold(self, days):
        self.attempt(self.desk.hold, until=self.desk.now + timedelta(days=days))

    @rule()
    def resume(self):
        self.attempt(self.desk.resume)

    @rule(minutes=st.integers(0, 600))
    def hear(self, minutes):
        self.attempt(self.desk.hear, received_at=self.desk.now - timedelta(minutes=minutes))

    @rule(name=st.sampled_from(sorted(STAFF)))
    def review(self, name):
        self.attempt(self.desk.review, name)

    @rule()
    def decide(self):
        self.attempt(self.desk.decide)

    @rule()
    def archive(self):
        self.attempt(self.desk.archive, "clerk")

    @rule(name=st.sampled_from(MAY_LEAVE))
    def leave(self, name):
        if name not in self.gone:
            self.gone.add(name)
            person = {"person_id": self.desk.people[name], "superior_id": None}
            self.desk.do(staff.keep_person, **person, active=False, posts=[])

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        """Every timer goes off at its own time."""
        until = self.desk.now + timedelta(hours=hours)
        while (due := min(self.desk.timers().values(), default=None)) and due <= until:
            self.desk.wake()
        self.desk.now = until

    @invariant()
    def closed_or_due_and_owned(self):
        if not hasattr(self, "desk"):
            return
        found = self.found()
        self.never_back_to_those_who_left_him_discontented(found)
        if found.state is State.ARCHIVED:
            assert (found.next_due_at, found.running(), self.desk.timers()) == (None, [], {})
        else:
            self.awaited_and_owned(found)

    def never_back_to_those_who_left_him_discontented(self, found):
        levels = [form.level for form in found.forms]
        assert max(levels) <= HIGHEST
        for position, form in enumerate(found.forms):
            if form.answer and not form.answer.accepted:
                above = min(form.level + 1, HIGHEST)
                assert all(level >= above for level in levels[position + 1 :])

    def awaited_and_owned(self, found):
        assert found.next_due_at is not None
        assert found.running()
        assert found.wakes_at is None or self.desk.timers() == {"case.wake": found.wakes_at}
        if found.state in IN_HANDS:
            assert found.assigned_ids.isdisjoint(self.desk.people[name] for name in self.gone)
        with self.desk.open() as tx:
            for clock in found.running():
                assert owners(tx, found, clock.name)


BREACHES = (
    "complaint.first_contact_breached.v1",
    "complaint.progress_overdue.v1",
    "complaint.clock_breached.v1",
)
TestComplaints = pytest.mark.rule("CP-22")(Complaints.TestCase)
Complaints.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
