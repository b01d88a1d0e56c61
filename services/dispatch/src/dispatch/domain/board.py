"""The board of a unit: its open orders by state, by when the reply is due, and by receiver."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.domain.work_order_states import ENDS, IN_HAND, State

OPEN = tuple(state for state in State if state not in ENDS)
# Where the reply is still to come; the others have been done and are only to be closed.
PENDING = (State.DRAFT, *sorted(IN_HAND), State.UNABLE_REPORTED)


class Due(StrEnum):
    """When the reply to an order is due that has not been carried out."""

    OVERDUE = "overdue"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


@dataclass(frozen=True)
class Days:
    """The instants that part overdue from today, today from tomorrow, and tomorrow from later."""

    now: datetime
    tomorrow: datetime
    day_after: datetime

    @classmethod
    def of(cls, now: datetime, zone: ZoneInfo) -> "Days":
        """The days as they begin in a zone; some are longer than others there."""
        today = now.astimezone(zone).date()
        tomorrow, day_after = (
            datetime.combine(today + timedelta(days=ahead), time(0), zone) for ahead in (1, 2)
        )
        return cls(now, tomorrow, day_after)


Column: TypeAlias = State | Due


@dataclass(frozen=True)
class Cell:
    """How many orders have a state, a due time (None: to be closed) and a receiver in common."""

    state: State
    due: Due | None
    receiver_id: UUID | None
    count: int


@dataclass(frozen=True)
class Counts:
    """What the cells of a board come to; ``in_hand`` counts for each receiver what is to be done,
    given out or not, and None for nobody."""

    states: dict[State, int]
    due: dict[Due, int]
    in_hand: dict[UUID | None, int]

    def of(self, column: Column) -> int:
        """How many orders stand in a column."""
        return self.states[column] if isinstance(column, State) else self.due[column]

    def busiest_first(self) -> list[tuple[UUID | None, int]]:
        """What has no receiver, and then each receiver, who has most first."""

        def key(one: tuple[UUID | None, int]) -> tuple[bool, int, str]:
            return one[0] is not None, -one[1], str(one[0])

        return sorted(self.in_hand.items(), key=key)


def counted(cells: Iterable[Cell]) -> Counts:
    """Add up the cells; columns in which nothing stands are shown as well."""
    states, due, in_hand = Counter[State](), Counter[Due](), Counter[UUID | None]()
    for cell in cells:
        states[cell.state] += cell.count
        if cell.due:
            due[cell.due] += cell.count
            in_hand[cell.receiver_id] += cell.count
    return Counts(
        states={one: states[one] for one in OPEN},
        due={one: due[one] for one in Due},
        in_hand=dict(in_hand),
    )
