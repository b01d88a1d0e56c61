"""Who is to receive an order that names nobody, and why he (WO-26)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dispatch.domain.work_order_rules import RoleRule
from dispatch.domain.work_order_states import Command, target
from shared.rules import Because, Ruling, WrongState

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder

NEVER = datetime.min.replace(tzinfo=UTC)
ROLE = "role"  # What every candidate holds, whatever else a pack looks at (WO-05).


class Criterion(StrEnum):
    """By what one is chosen: skill, duty and load leave some out, area and load rank the others."""

    SKILL = "skill"
    DUTY = "duty"
    AREA = "area"
    LOAD = "load"


class NobodySuitable(WrongState):
    """Nobody can be chosen; ``excluded`` says how many each criterion left out, of how many."""

    code = "nobody_suitable"


@dataclass(frozen=True)
class CategorySkills:
    """The skills that the work of a category needs, all of them."""

    category: str
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssignmentRule:
    """The criteria in their order: of two who are equal by the first the second decides.

    One looks as many ``levels_up`` above the unit that the work is for, and leaves out who has
    ``most_open`` orders in hand. ``on_intake``: a draft that another service asked for gets its
    receiver at once.
    """

    criteria: tuple[Criterion, ...]
    most_open: int
    levels_up: int
    on_intake: bool
    skills: tuple[CategorySkills, ...]

    def needed(self, category: str | None) -> tuple[str, ...]:
        """The skills that work of a category needs; none where the pack does not know it."""
        return next((one.needs for one in self.skills if one.category == category), ())


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody who may be given work (WO-05), and the post by which he is nearest.

    ``area`` is how many levels above the unit that the work is for stands the unit that holds both,
    0 for a post in it or below it. ``load`` is how many orders he has in hand. ``on_duty`` is None
    where his unit keeps no shifts that could tell.
    """

    person_id: UUID
    unit: str
    role: str
    area: int
    skills: tuple[str, ...]
    load: int
    last_given: datetime | None
    on_duty: bool | None = None


@dataclass(frozen=True)
class Reason:
    """What a criterion, a ``Criterion`` or ``ROLE``, found of somebody."""

    criterion: str
    value: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody suitable; ``rank`` 1 is who would be chosen."""

    rank: int
    worker: Worker
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """Who is suitable, of how many who hold a role that receives, and how many each criterion
    left out."""

    candidates: Sequence[Candidate]
    considered: int
    excluded: Mapping[Criterion, int]
    because: Because

    def told(self) -> dict[str, Any]:
        """Why nobody is left, for an answer or a timeline."""
        excluded = [{"criterion": one, "people": count} for one, count in self.excluded.items()]
        return {"considered": self.considered, "excluded": excluded}

    def best(self) -> Candidate:
        """Who is chosen. Raises NobodySuitable."""
        if not self.candidates:
            raise NobodySuitable(
                "nobody in reach is suitable for this order", because=self.because, **self.told()
            )
        return self.candidates[0]


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who was made the receiver and by whom (None: at once, by the service): for ``reasons``, or,
    where somebody was named by hand, for the ``reason`` that was given."""

    at: datetime
    by: UUID | None
    receiver_id: UUID
    reason: str | None = None
    reasons: tuple[Reason, ...] = ()


def shortlist(
    workers: Iterable[Worker],
    category: str | None,
    rule: Ruling[AssignmentRule],
    receiving: Ruling[RoleRule],
) -> Shortlist:
    """Put those who are suitable in order; of equals the one who was given an order longest ago,
    then the lower id."""
    needed = rule.value.needed(category)
    nearest = _nearest(workers)
    left_out: dict[Criterion, int] = {
        one: 0 for one in rule.value.criteria if one is not Criterion.AREA
    }
    suitable = []
    for worker in nearest:
        failed = [one for one in left_out if not _passes(worker, one, needed, rule.value)]
        for one in failed:
            left_out[one] += 1
        if not failed:
            suitable.append(worker)
    suitable.sort(key=lambda worker: _key(worker, rule.value))
    return Shortlist(
        candidates=[
            Candidate(rank=rank, worker=one, reasons=_reasons(one, needed, rule, receiving))
            for rank, one in enumerate(suitable, 1)
        ],
        considered=len(nearest),
        excluded=left_out,
        because=rule.because,
    )


def assign(order: "WorkOrder", assignment: Assignment) -> None:
    """Name the receiver of a draft. Raises WrongState."""
    target(order.state, Command.ASSIGN)
    order.receiver_id, order.assignment = assignment.receiver_id, assignment


def _nearest(workers: Iterable[Worker]) -> Collection[Worker]:
    """Each person once, by the post that is nearest to the work."""
    found: dict[UUID, Worker] = {}
    for worker in sorted(workers, key=lambda one: (one.area, one.unit, one.role)):
        found.setdefault(worker.person_id, worker)
    return found.values()


def _passes(
    worker: Worker, criterion: Criterion, needed: tuple[str, ...], rule: AssignmentRule
) -> bool:
    match criterion:
        case Criterion.SKILL:
            return set(needed) <= set(worker.skills)
        case Criterion.DUTY:
            return worker.on_duty is not False
        case Criterion.LOAD:
            return worker.load < rule.most_open
        case Criterion.AREA:
            return True


def _key(worker: Worker, rule: AssignmentRule) -> tuple[Any, ...]:
    ranks = {Criterion.AREA: worker.area, Criterion.LOAD: worker.load}
    last = worker.last_given or NEVER
    return (*(ranks.get(one, 0) for one in rule.criteria), last, worker.person_id)


def _reasons(
    worker: Worker,
    needed: tuple[str, ...],
    rule: Ruling[AssignmentRule],
    receiving: Ruling[RoleRule],
) -> tuple[Reason, ...]:
    values = {
        Criterion.SKILL: ", ".join(needed),
        Criterion.DUTY: "yes" if worker.on_duty else "unknown",
        Criterion.AREA: str(worker.area),
        Criterion.LOAD: str(worker.load),
    }
    by = tuple(Reason(one, values[one], rule.because) for one in rule.value.criteria)
    return (Reason(ROLE, worker.role, receiving.because), *by)
