"""A case that follows a preset flow. Every command returns the events that it caused."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from complaint.domain import events
from complaint.domain.cases import Case
from complaint.domain.clocks import ClockName
from complaint.domain.events.cases import OfCase
from complaint.domain.flows import BESIDE, Duty, Flow, Participant, Stage
from complaint.domain.intake import Channel, ReceivedInFuture
from complaint.domain.progress import ProgressContact
from complaint.domain.transitions import after, offered
from shared.rules import Because, Ruling, given


@dataclass(frozen=True)
class Arrival:
    """How a case came in (PT-06). ``received_at`` is aware."""

    org_unit: str
    channel: Channel
    received_at: datetime
    customer_id: UUID | None = None

    def check(self, now: datetime) -> None:
        """Raises ReceivedInFuture."""
        if self.received_at > now:
            raise ReceivedInFuture("The case was received in the future.")


@dataclass(eq=False, kw_only=True)
class FlowCase(Case):
    """A case with its flow; ``matter`` is what it is about, as somebody wrote it."""

    flow: ClassVar[Flow]
    clock_section: ClassVar[str] = "flow_clocks"

    arrival: Arrival
    matter: str
    state: StrEnum
    participants: list[Participant] = field(default_factory=list)
    contacts: list[ProgressContact] = field(default_factory=list)

    @property
    def unit(self) -> str:
        return self.arrival.org_unit

    @property
    def counted_from(self) -> datetime:
        return self.arrival.received_at

    @property
    def from_receipt(self) -> frozenset[ClockName]:
        return self.flow.from_receipt

    @property
    def customer(self) -> UUID | None:
        return self.arrival.customer_id

    @property
    def closed(self) -> bool:
        return self.step is None

    @property
    def stage(self) -> str:
        return self.state.value

    @property
    def facts(self) -> dict[str, object]:
        return {"kind": self.kind, "level": self.level}

    @property
    def allowed(self) -> list[StrEnum]:
        """What a person can do with it now."""
        return offered(self.flow.transitions, self.state, by_event=self.flow.by_event)

    @property
    def step(self) -> Stage | None:
        """The stage in which somebody answers for it; None once it is closed."""
        return self.flow.stages.get(self.state)

    def check(self, command: str) -> None:
        after(self.flow.transitions, self.state, command, by_event=self.flow.by_event)

    def after(self, command: str) -> StrEnum:
        """Where that command leads. Raises WrongState."""
        table, by_event = self.flow.transitions, self.flow.by_event
        state: StrEnum = after(table, self.state, command, by_event=by_event)
        return state

    @property
    def unanswered(self) -> bool:
        """Whether it is in a stage for which nobody answers yet."""
        return self.step is not None and not self._present(Duty(self.step.value))

    def awaits(self, name: ClockName) -> bool:
        if self.contacts and name in self.flow.until_told:
            return False
        return self.state in self.flow.awaited.get(name, ())

    def filed(self, responsible: Ruling[UUID]) -> list[OfCase]:
        """It was taken in, and somebody answers for it (PT-07, PT-27)."""
        filed = events.CaseFiled(
            **self.told_of(),
            customer_id=self.arrival.customer_id,
            number=self.number,
            channel=self.arrival.channel,
            level=self.level,
            handler_id=self.handler_id,
        )
        return [filed, *self.hand_to(responsible, now=self.filed_at)]

    def hand_to(self, responsible: Ruling[UUID], *, now: datetime) -> list[OfCase]:
        """From now on that person answers for the stage in which the case is (PT-19)."""
        step = given(self.step, "only an open case is handed to somebody.")
        self._add(responsible.value, Duty(step.value), now=now)
        self.handler_id, self.taken_over_at = responsible.value, None
        self._call_upon()
        return [self._assigned(responsible.because)]

    def advance(self, command: StrEnum, *, now: datetime) -> list[OfCase]:
        """Go where that command leads, of which no event tells. Raises WrongState."""
        self._enter(self.after(command), now=now)
        return []

    def convert(self, by: UUID, *, to_kind: str, to_id: UUID, now: datetime) -> list[OfCase]:
        """It goes on as a case of another kind, and this one ends as it is (K-22).

        Raises WrongState.
        """
        self._enter(self.after("convert"), now=now)
        converted = events.CaseConverted(
            **self.told_of(),
            customer_id=self.arrival.customer_id,
            to_kind=to_kind,
            to_id=to_id,
            converted_by=by,
        )
        return [converted]

    def tell_customer(self, contact: ProgressContact) -> list[OfCase]:
        """The customer was told how it goes (PT-21, PT-26)."""
        waiting = self.clock(ClockName.PROGRESS_CONTACT)
        contact.on_time = contact.at <= waiting.deadline.due_at if waiting else None
        self.contacts.append(contact)
        self.worked_on(contact.by, now=contact.at)
        self.touch()
        told = events.CustomerTold(
            **self.told_of(), told_by=contact.by, told_at=contact.at, on_time=contact.on_time
        )
        return [told]

    def _call_in(self, duty: Duty, people: Collection[UUID], *, now: datetime) -> None:
        """Those persons work on it as well (PT-22)."""
        there = {one.person_id for one in self._present(duty)}
        for person in sorted(set(people) - there):
            self._add(person, duty, now=now)
        self._call_upon()

    def relieve(
        self, gone: Collection[UUID], responsible: Ruling[UUID], *, now: datetime
    ) -> list[OfCase]:
        """Persons left; whoever answers for the stage is replaced where it was one of them.

        Raises WrongState.
        """
        self.check("relieve")
        for one in self.participants:
            if one.person_id in gone and one.left_at is None:
                one.left_at = now
        self.touch()
        if self.unanswered:
            return self.hand_to(responsible, now=now)
        self._call_upon()
        return []

    def _add(self, person: UUID, duty: Duty, *, now: datetime) -> None:
        position = len(self.participants) + 1
        joined = Participant(position=position, person_id=person, duty=duty, since=now)
        self.participants.append(joined)

    def _leave(self, duties: Collection[Duty], *, now: datetime) -> None:
        for one in self.participants:
            if one.duty in duties and one.left_at is None:
                one.left_at = now

    def _present(self, *duties: Duty) -> list[Participant]:
        return [one for one in self.participants if one.duty in duties and one.left_at is None]

    def _call_upon(self) -> None:
        beside = (one.person_id for one in self._present(*BESIDE))
        self.assigned_ids = frozenset({self.handler_id, *beside})

    def _assigned(self, because: Because) -> OfCase:
        return events.CaseAssigned(
            **self.told_of(),
            stage=self.step or "",
            handler_id=self.handler_id,
            person_ids=tuple(sorted(self.assigned_ids)),
            because=because,
        )

    def _enter(self, state: StrEnum, *, now: datetime) -> None:
        before = self.step
        self.state = state
        self.touch()
        if before and self.step is not before:
            self._leave({Duty(before.value)}, now=now)
