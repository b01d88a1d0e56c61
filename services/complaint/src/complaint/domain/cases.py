"""What every kind of case is: somebody's, of a level, with clocks that say what is due next."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

from complaint.domain.clocks import Clock, ClockName
from complaint.domain.events.cases import CasePaused, CaseResumed, CaseTakenOver, OfCase
from complaint.domain.field_work import FieldWork
from complaint.domain.handling_records import HandlingRecord, ProcessExplanation
from complaint.domain.pauses import (
    AlreadyPaused,
    NotPaused,
    Pause,
    PauseEnd,
    PauseRule,
    check_length,
)
from complaint.domain.sub_tasks import SubTask
from shared.rules import NotFound, Ruling
from shared.working_time import Calendar

# A number of the domain or of the database.
Number = TypeVar("Number", int, Any)
HIGHEST = 99  # No level lies above it.
NOT_PREFERRED = 99  # The priority behind every one that a customer can have.


class CaseRef(NamedTuple):
    """Which case, and of what kind it is."""

    kind: str
    id: UUID

    @property
    def subject(self) -> str:
        """By what its timeline and its timers are found, and its events ordered."""
        return f"{self.kind}/{self.id}"

    @classmethod
    def of(cls, subject: str) -> "CaseRef":
        """From ``complaint/{id}`` and the like."""
        kind, _, case_id = subject.partition("/")
        return cls(kind, UUID(case_id))


def place_in_queue(level: Number, priority: Number) -> Number:
    """Where a case stands among all that are open, the smaller the sooner: by its level, the higher
    first, and then by the ``priority`` of its customer, the smaller first (CP-59)."""
    return (HIGHEST - level) * (NOT_PREFERRED + 1) + priority


@dataclass(eq=False, kw_only=True)
class Case(ABC):
    """A case with its clocks; of several of one name the last is in use.

    ``clock_section`` is the section of the packs that says how much time each clock gives.
    ``assigned_ids`` are the persons whom the present level calls upon, the handler among them;
    ``taken_over_at`` is None until one of them has taken it on. ``filed_by`` is None where the
    customer did it himself. ``next_due_at`` is the earliest of all that is awaited, None once
    nothing is. ``queue_place`` is as ``place_in_queue`` says. ``version`` grows with every change.
    """

    kind: ClassVar[str]
    clock_section: ClassVar[str]

    id: UUID
    number: str
    level: int
    handler_id: UUID
    assigned_ids: frozenset[UUID]
    filed_by: UUID | None
    filed_at: datetime
    clocks: list[Clock] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    sub_tasks: list[SubTask] = field(default_factory=list)
    records: list[HandlingRecord] = field(default_factory=list)
    explanations: list[ProcessExplanation] = field(default_factory=list)
    field_works: list[FieldWork] = field(default_factory=list)
    taken_over_at: datetime | None = None
    next_due_at: datetime | None = None
    queue_place: int = 0
    version: int = 1

    @property
    def ref(self) -> CaseRef:
        """Which case it is."""
        return CaseRef(self.kind, self.id)

    @property
    @abstractmethod
    def unit(self) -> str:
        """The organisational unit whose case it is."""

    @property
    @abstractmethod
    def customer(self) -> UUID | None:
        """The customer whom it is about, where he is known."""

    @property
    @abstractmethod
    def closed(self) -> bool:
        """Whether nothing is to be done about it any more."""

    @property
    @abstractmethod
    def counted_from(self) -> datetime:
        """When it was received, which is when the customer said it."""

    @property
    @abstractmethod
    def from_receipt(self) -> frozenset[ClockName]:
        """The clocks that count from the receipt; all others count from the step before."""

    @property
    @abstractmethod
    def stage(self) -> str:
        """How far it is: a pause ends when the case gets any further."""

    @property
    @abstractmethod
    def facts(self) -> dict[str, object]:
        """What decides, besides the name of the clock, which clock rules hold."""

    @abstractmethod
    def check(self, command: str) -> None:
        """Raises WrongState unless the case takes that command where it stands."""

    @property
    def agreed(self) -> Mapping[ClockName, datetime]:
        """The due times that were agreed upon, by clock; they hold whatever time the packs give."""
        return {}

    @abstractmethod
    def awaits(self, name: ClockName) -> bool:
        """Whether what that clock waits for is still to be done."""

    def starts_at(self, name: ClockName, now: datetime) -> datetime:
        """From when on that clock counts, if it starts now."""
        return self.counted_from if name in self.from_receipt else now

    def clock(self, name: ClockName) -> Clock | None:
        """The last clock of that name, which may have stopped."""
        named = [clock for clock in self.clocks if clock.name is name]
        return max(named, key=lambda clock: clock.round, default=None)

    @property
    def timed(self) -> dict[str, Clock]:
        """The last clock of each name, by name."""
        found = ((name.value, self.clock(name)) for name in ClockName)
        return {name: clock for name, clock in found if clock}

    def running(self) -> list[Clock]:
        """The clocks that run; one that stands still in a pause is among them."""
        return [clock for clock in self.timed.values() if clock.is_running]

    @property
    def pause(self) -> Pause | None:
        """The pause under way."""
        return next((pause for pause in self.pauses if pause.ended_at is None), None)

    def hold(
        self,
        by: UUID,
        *,
        pause_id: UUID,
        note: str,
        until: datetime,
        rule: Ruling[PauseRule],
        calendar: Calendar,
        now: datetime,
    ) -> list[OfCase]:
        """Stand still for a reason, and never without an end.

        Raises WrongState, AlreadyPaused, PauseEndInPast, PauseTooLong.
        """
        self.check("hold")
        if self.pause:
            raise AlreadyPaused("The complaint stands still already.")
        check_length(until, now=now, rule=rule)
        reason = rule.value.reason
        pause = Pause(
            id=pause_id,
            reason=reason,
            note=note,
            by=by,
            stage=self.stage,
            began_at=now,
            until=until,
        )
        self.pauses.append(pause)
        for clock in self.running():
            clock.hold(now, reason=reason, until=until, calendar=calendar)
        self.touch()
        paused = CasePaused(
            **self.told_of(), pause_id=pause_id, reason=reason, until=until, because=rule.because
        )
        return [paused]

    def resume(self, *, calendar: Calendar, now: datetime) -> list[OfCase]:
        """Somebody lets the case go on. Raises WrongState, NotPaused."""
        self.check("resume")
        return self.end_pause(now, ended_by=PauseEnd.RESUMED, calendar=calendar, now=now)

    def end_pause(
        self, at: datetime, *, ended_by: PauseEnd, calendar: Calendar, now: datetime
    ) -> list[OfCase]:
        """Go on from ``at``, which may lie before ``now`` but not before the pause.

        Raises NotPaused.
        """
        pause = self.pause
        if pause is None:
            raise NotPaused("The complaint does not stand still.")
        pause.end(at, ended_by)
        ended_at = pause.ended_at or at
        for clock in self.running():
            if clock.held_until is not None:
                clock.release(ended_at, calendar=calendar, now=now)
        self.touch()
        return [
            CaseResumed(**self.told_of(), pause_id=pause.id, at=ended_at, ended_by=ended_by.value)
        ]

    def take_over(self, by: UUID, *, now: datetime) -> list[OfCase]:
        """One of those who were called upon takes the case on and handles it (CP-19, CP-20).

        Raises WrongState.
        """
        self.check("take_over")
        self.handler_id, self.taken_over_at = by, now
        self.touch()
        return [CaseTakenOver(**self.told_of(), person_id=by)]

    def worked_on(self, by: UUID, *, now: datetime) -> None:
        """Whoever was called upon and does something has taken the case on."""
        if self.taken_over_at is None and by in self.assigned_ids:
            self.taken_over_at = now

    @property
    def pending(self) -> list[SubTask]:
        """The sub-tasks on which a department has still to do something."""
        return [task for task in self.sub_tasks if task.is_pending]

    def sub_task(self, sub_task_id: UUID) -> SubTask:
        """The sub-task of that id. Raises NotFound."""
        for task in self.sub_tasks:
            if task.id == sub_task_id:
                return task
        raise NotFound("There is no such sub-task.")

    def reckon(self) -> None:
        """Work out what is due next: the earliest clock or sub-task, or the end of the pause before
        it."""
        dues = [clock.deadline.due_at for clock in self.running()]
        ends = [self.pause.until] if self.pause else []
        tasks = [task.next_due_at for task in self.pending]
        self.next_due_at = min(dues + ends + tasks, default=None)

    @property
    def wakes_at(self) -> datetime | None:
        """When something is to be told or done of itself next."""
        waking = [clock.wakes_at for clock in self.running()]
        waking += [task.wakes_at for task in self.pending]
        ends = self.pause.until if self.pause else None
        return min((at for at in (*waking, ends) if at), default=None)

    def touch(self) -> None:
        """Count a change."""
        self.version += 1

    def told_of(self) -> dict[str, Any]:
        """The fields by which an event says what case it is of."""
        return {"kind": self.kind, "case_id": self.id, "org_unit": self.unit}
