"""Problem tickets from submission to closing, with somebody who answers for each stage."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaint.adapters.tables import metadata
from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from complaint.domain.problems import ProblemSource, Remedy
from complaint.domain.staff import Role
from complaint.use_cases import staff
from shared.policy import PolicyMissing, Rulebook, activate
from shared.rules import RuleBroken
from shared.testing import memory

from .desk import opened
from .problem_desk import following

RULEBOOK = Rulebook.load("complaint", SECTIONS, default=("franchise", "generic"), misfits=misfits)
STEPS = ("register", "verify", "find", "plan", "log", "track", "call_back", "close", "tell")


@pytest.fixture
def problems(desk, rulebook):
    return following(desk, rulebook)


@pytest.mark.rule("PT-07")
@pytest.mark.rule("PT-08")
@pytest.mark.rule("PT-10")
@pytest.mark.rule("PT-11")
@pytest.mark.rule("PT-19")
def test_a_problem_passes_its_stages_each_with_somebody_who_answers_for_it(problems, desk):
    problem = problems.submit()
    went = [problems.handler(problem)]
    for step in (problems.register, problems.verify, problems.find, problems.plan, problems.log):
        step(problem)
        went.append(problems.handler(problem))
    for step in (problems.track, problems.call_back, problems.close):
        step(problem)
        went.append(problems.handler(problem))

    found = problems.read(problem)
    assert went == [
        "assistant-north",
        *("manager", "manager", "manager"),
        *("supervisor", "supervisor"),
        *("assistant-north", "assistant-north", "assistant-north"),
    ]
    assert (found.state, found.next_due_at, desk.timers()) == ("closed", None, {})
    assert (found.departments, found.findings) == (("workshop",), "a thread broke")
    assert [one.content for one in found.steps] == ["sewn again"]
    assert [(one.satisfied, one.lesson) for one in found.return_visits] == [(True, "test seams")]
    assert {one.duty for one in found.participants} == {
        *("reception", "assessment", "design", "implementation", "feedback", "investigator")
    }
    assert [kind for kind in desk.types() if "problem" in kind] == [
        "complaint.problem_registered.v1",
        "complaint.problem_solved.v1",
        "complaint.problem_closed.v1",
    ]
    desk.told()


ROLES = {
    "reception": {Role.REGIONAL_SERVICE_ASSISTANT, Role.FRANCHISE_RECEPTION_CLERK},
    "assessment": {Role.GENERAL_SERVICE_SUPERVISOR, Role.GENERAL_SERVICE_MANAGER},
    "design": {Role.GENERAL_SERVICE_SUPERVISOR, Role.GENERAL_SERVICE_MANAGER},
    "implementation": {Role.GENERAL_SERVICE_SUPERVISOR, Role.GENERAL_SERVICE_MANAGER},
    "feedback": {Role.REGIONAL_SERVICE_ASSISTANT, Role.FRANCHISE_RECEPTION_CLERK},
}


@pytest.mark.rule("PT-19")
@pytest.mark.parametrize("stage", ROLES)
def test_the_pack_names_the_roles_that_answer_for_each_stage(problems, desk, stage):
    with desk.open() as tx:
        day = tx.day_of("shop-01", tx.now)
        rule = tx.policies.ruling("stages", unit="shop-01", on=day, kind="problem", stage=stage)

    assert (set(rule.value.roles), rule.because.rule) == (ROLES[stage], "PT-19")


@pytest.mark.parametrize(
    ("type_", "remedies"),
    [
        pytest.param("quality", {"replace", "repair"}, marks=pytest.mark.rule("PT-01")),
        pytest.param("service", {"negotiated_settlement"}, marks=pytest.mark.rule("PT-02")),
        pytest.param("custom", {"return", "exchange"}, marks=pytest.mark.rule("PT-03")),
    ],
)
@pytest.mark.rule("PT-04")
def test_another_remedy_than_that_of_the_type_needs_a_reason(problems, desk, type_, remedies):
    for remedy in Remedy:
        problem = problems.submit(type_)
        for step in (problems.register, problems.verify, problems.find):
            step(problem)

        if remedy not in remedies:
            with pytest.raises(RuleBroken) as refused:
                problems.plan(problem, remedy=remedy)
            assert refused.value.code == "remedy_reason_missing"
            problems.plan(problem, remedy=remedy, remedy_reason="he asked for it")
        else:
            problems.plan(problem, remedy=remedy)
        assert problems.read(problem).plan.remedy == remedy


@pytest.mark.rule("PT-09")
def test_a_plan_follows_from_findings_and_lies_ahead(problems, desk):
    problem = problems.submit()
    problems.register(problem)
    problems.verify(problem)
    with pytest.raises(RuleBroken) as early:
        problems.plan(problem)
    problems.find(problem)
    with pytest.raises(RuleBroken) as past:
        problems.plan(problem, due_at=desk.now)
    with pytest.raises(RuleBroken) as stranger:
        problems.plan(problem, owner_id=problem.id)

    codes = [one.value.code for one in (early, past, stranger)]
    assert codes == ["findings_missing", "plan_due_in_past", "person_not_on_staff"]
    problems.plan(problem)
    found = problems.read(problem)
    assert found.plan.feasibility == "the workshop has time"
    assert found.handler_id == found.plan.owner_id


@pytest.mark.rule("PT-11")
def test_a_dissatisfied_customer_leads_back_to_the_work_and_its_owner(problems, desk):
    problem = problems.solved()
    problems.call_back(problem, satisfied=False)

    found = problems.read(problem)
    assert (found.state, problems.name(found.handler_id)) == ("solving", "supervisor")
    assert found.timed["solution"].round == 2
    assert found.next_due_at


@pytest.mark.rule("PT-12")
def test_a_reply_is_due_in_24_hours_round_the_clock_and_softly(problems, desk):
    problem = problems.submit()
    reply = problem.timed["reply"]
    assert reply.deadline.due_at == desk.now + timedelta(hours=24)
    assert (reply.deadline.hard, reply.hard_deadline) == (False, None)

    problems.tell(problem)
    assert problems.read(problem).timed["reply"].on_time


@pytest.mark.rule("PT-12")
def test_a_reply_that_is_late_warns_and_is_told_and_nothing_more(problems, desk):
    problem = problems.submit()
    late = desk.now + timedelta(hours=24)
    while desk.now < late:
        desk.wake()

    told = [one for one in desk.told("complaint.clock_breached.v1") if one["clock"] == "reply"]
    assert [(one["kind"], one["hard"]) for one in told] == [("problem", False)]
    assert told[0]["because"]["rule"] == "PT-12"
    assert problems.read(problem).state == "submitted"


@pytest.mark.rule("PT-15")
def test_a_service_problem_is_answered_at_once_and_put_first(problems, desk):
    problem = problems.submit("service")

    assert (problem.level, problem.suggestion.reasons[0].because.rule) == (2, "PT-15")
    assert problem.timed["reply"].deadline.due_at == desk.now + timedelta(hours=1)
    assert problem.timed["reply"].deadline.because.rule == "PT-15"


@pytest.mark.rule("PT-05")
def test_a_problem_of_which_nothing_else_is_said_goes_its_way_at_the_lowest_level(problems):
    problem = problems.submit("custom")

    (reason,) = problem.suggestion.reasons
    assert (1, "plain_problem", "PT-05") == (problem.level, reason.reason, reason.because.rule)


@pytest.mark.rule("PT-14")
def test_what_the_customer_found_first_is_of_high_priority_and_due_sooner(problems, desk):
    found = problems.submit(found_by_customer=True)
    intercepted = problems.submit()

    assert (found.level, intercepted.level) == (3, 1)
    assert found.suggestion.reasons[0].because.rule == "PT-14"
    dues = []
    for problem in (found, intercepted):
        problems.register(problem)
        dues.append(problems.read(problem).timed["plan"].driving.value.within)
        for step in (problems.verify, problems.find, problems.plan):
            step(problem)
        dues.append(problems.read(problem).timed["solution"].driving.value.within)
    assert dues == [1, 3, 3, 7]


@pytest.mark.parametrize(
    ("because", "clock", "within", "unit"),
    [
        pytest.param("PT-07", "registration", 4, "working_hour", marks=pytest.mark.rule("PT-07")),
        pytest.param("PT-08", "plan", 3, "working_day", marks=pytest.mark.rule("PT-08")),
        pytest.param("PT-10", "solution", 7, "working_day", marks=pytest.mark.rule("PT-10")),
        pytest.param("PT-26", "progress_contact", 3, "day", marks=pytest.mark.rule("PT-26")),
        pytest.param("PT-11", "call_back", 3, "working_day", marks=pytest.mark.rule("PT-11")),
        pytest.param("PT-11", "closing", 3, "working_day", marks=pytest.mark.rule("PT-11")),
    ],
)
def test_the_time_of_each_step_is_that_of_the_pack(problems, because, clock, within, unit):
    problem = problems.solved()
    problems.call_back(problem)

    driving = problems.read(problem).timed[clock].driving
    assert (driving.because.rule, driving.value.within, driving.value.unit) == (
        because,
        within,
        unit,
    )
    assert not driving.value.hard


@pytest.mark.rule("PT-26")
def test_the_customer_is_told_how_it_goes_and_the_next_time_begins(problems, desk):
    problem = problems.submit()
    problems.register(problem)
    desk.now += timedelta(days=1)
    problems.tell(problem)

    clock = problems.read(problem).timed["progress_contact"]
    assert (clock.round, clock.deadline.due_at) == (2, desk.now + timedelta(days=3))
    assert [one["on_time"] for one in desk.told("complaint.customer_told.v1")] == [True]


@pytest.mark.rule("PT-22")
def test_several_persons_work_on_it_each_with_his_duty(problems, desk):
    problem = problems.submit()
    problems.register(problem)
    problems.verify(problem, "clerk", "reception")
    problems.call_in(problem, "secretary", by="clerk")

    called = {problems.name(one) for one in problems.read(problem).assigned_ids}
    assert called >= {"clerk", "reception", "secretary"}
    with pytest.raises(RuleBroken) as refused:
        problems.find(problem, by="general-manager")
    assert refused.value.code == "not_of_this_tier"
    problems.find(problem, by="reception")


def test_whoever_leaves_is_replaced(problems, desk):
    problem = problems.submit()
    gone = problem.handler_id
    person = {"person_id": gone, "superior_id": None, "active": False, "posts": []}
    desk.do(staff.keep_person, **person)

    found = problems.read(problem)
    assert gone not in found.assigned_ids
    assert found.handler_id != gone
    assert desk.told("complaint.case_assigned.v1")[-1]["handler_id"] == str(found.handler_id)


def test_a_unit_that_follows_no_pack_of_problems_takes_none_in(desk, problems, rulebook):
    with desk.open() as tx:
        activate(tx, "hq", ("franchise", "generic"), date(2026, 2, 1), rulebook=rulebook)
    with pytest.raises(PolicyMissing):
        problems.submit()


@pytest.mark.rule("PT-06")
@pytest.mark.rule("PT-18")
def test_every_source_is_kept(problems):
    for source in ProblemSource:
        assert problems.read(problems.submit(source=source)).source is source


class Life(RuleBasedStateMachine):
    """One problem, on which anybody tries anything at any time."""

    @initialize(type_=st.sampled_from(["quality", "service", "custom"]), first=st.booleans())
    def submit(self, type_, first):
        self.sessions = memory(metadata)
        desk = opened(self.sessions, RULEBOOK)
        self.problems = following(desk, RULEBOOK)
        self.problem = self.problems.submit(type_, found_by_customer=first)

    def teardown(self):
        if hasattr(self, "sessions"):
            self.sessions.kw["bind"].dispose()

    @rule(step=st.sampled_from(STEPS))
    def act(self, step):
        before = self.problems.read(self.problem)
        try:
            getattr(self.problems, step)(self.problem)
        except RuleBroken:
            after = self.problems.read(self.problem)
            assert (after.version, after.state) == (before.version, before.state)

    @rule()
    def refuse(self):
        with suppress(RuleBroken):
            self.problems.call_back(self.problem, satisfied=False)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours):
        desk = self.problems.desk
        until = desk.now + timedelta(hours=hours)
        while (due := min(desk.timers().values(), default=None)) and due <= until:
            desk.wake()
        desk.now = until

    @invariant()
    def closed_or_due_and_owned(self):
        if not hasattr(self, "problems"):
            return
        found = self.problems.read(self.problem)
        if found.state == "closed":
            assert (found.next_due_at, self.problems.desk.timers()) == (None, {})
        else:
            assert found.next_due_at
            assert found.running()
            assert found.handler_id in found.assigned_ids
            assert not found.unanswered


TestLife = pytest.mark.rule("PT-19")(Life.TestCase)
Life.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
