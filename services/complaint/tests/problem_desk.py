"""How the persons of the desk work on a problem."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel
from complaint.domain.problems import Plan, Problem, ProblemSource, ProblemType, Remedy
from complaint.domain.satisfaction import Method
from complaint.use_cases import problems
from shared.policy import Rulebook, activate

from .desk import Desk

PACKS = ("problem", "franchise", "generic")


@dataclass
class ProblemDesk:
    """Each step of a problem, by whoever answers for its stage unless somebody is named."""

    desk: Desk

    def submit(self, type_: str = "quality", by: str = "assistant-north", **facts: Any) -> Problem:
        arrival = Arrival("shop-01", Channel.TELEPHONE, self.desk.now)
        given = {
            "arrival": arrival,
            "type": ProblemType(type_),
            "source": ProblemSource.PRODUCT_QUALITY,
            "found_by_customer": False,
            "matter": "the seam is open",
            **facts,
        }
        problem: Problem = self.desk.do(problems.submit, by=self.desk.caller(by), **given)
        return problem

    def register(self, problem: Problem, by: str = "") -> Problem:
        return self._on(problems.register, problem, by)

    def verify(self, problem: Problem, *people: str, by: str = "") -> Problem:
        people_ids = [self.desk.people[name] for name in people or ("clerk",)]
        asked = {"departments": ["workshop"], "investigator_ids": people_ids}
        return self._on(problems.verify, problem, by, **asked)

    def find(self, problem: Problem, by: str = "", **given: Any) -> Problem:
        told = {"findings": "a thread broke", **given}
        return self._on(problems.record_findings, problem, by, **told)

    def plan(self, problem: Problem, by: str = "", **given: Any) -> Problem:
        wanted: dict[str, Any] = {
            "remedy": Remedy.REPAIR,
            "solution": "sew it again",
            "feasibility": "the workshop has time",
            "owner_id": self.desk.people["supervisor"],
            "due_at": self.desk.now + timedelta(days=2),
            **given,
        }
        return self._on(problems.plan_solution, problem, by, plan=Plan(**wanted))

    def log(self, problem: Problem, by: str = "") -> Problem:
        return self._on(problems.log_step, problem, by, content="sewn again")

    def track(self, problem: Problem, by: str = "") -> Problem:
        return self._on(problems.track, problem, by, result="as good as new")

    def call_back(self, problem: Problem, by: str = "", *, satisfied: bool = True) -> Problem:
        said = {"method": Method.TELEPHONE, "evidence": "recording 4711", "lesson": "test seams"}
        return self._on(problems.call_back, problem, by, satisfied=satisfied, **said)

    def close(self, problem: Problem, by: str = "") -> Problem:
        return self._on(problems.close, problem, by)

    def tell(self, problem: Problem, by: str = "") -> Problem:
        told = {"method": Method.TELEPHONE, "content": "the workshop has it"}
        return self._on(problems.tell_progress, problem, by, **told)

    def call_in(self, problem: Problem, name: str, by: str = "") -> Problem:
        return self._on(problems.call_in, problem, by, person_id=self.desk.people[name])

    def solved(self, **facts: Any) -> Problem:
        """A problem whose customer was not asked yet."""
        problem = self.submit(**facts)
        for step in (self.register, self.verify, self.find, self.plan, self.log, self.track):
            step(problem)
        return self.read(problem)

    def read(self, problem: Problem) -> Problem:
        """The problem as the database has it."""
        with self.desk.open() as tx:
            found = tx.cases.get(Problem, problem.id, unit="hq")
            assert None not in (found.participants, found.contacts, found.steps)
            assert None not in (found.return_visits, found.field_works)
            return found

    def name(self, person_id: UUID) -> str:
        return next(name for name, known in self.desk.people.items() if known == person_id)

    def handler(self, problem: Problem) -> str:
        return self.name(self.read(problem).handler_id)

    def _on(self, use_case: Any, problem: Problem, by: str, **given: Any) -> Problem:
        caller = self.desk.caller(by or self.handler(problem))
        done: Problem = self.desk.do(use_case, problem.id, by=caller, **given)
        return done


def following(desk: Desk, rulebook: Rulebook) -> ProblemDesk:
    """The desk of a company that follows the pack of problems."""
    with desk.open() as tx:
        activate(tx, "hq", PACKS, date(2026, 1, 1), rulebook=rulebook)
    return ProblemDesk(desk)
