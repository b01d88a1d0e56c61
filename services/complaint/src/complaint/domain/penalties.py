"""Penalties for what is done and left undone about cases (ST-30..ST-32)."""

from dataclasses import dataclass
from typing import ClassVar

from complaint.domain.events import penalties as events
from shared import penalties
from shared.penalties import PenaltyEvents
from shared.rules import Invalid


class PersonNotInvolved(Invalid):
    """The person had nothing to do with the case."""

    code = "person_not_involved"


class BreachOutOfTime(Invalid):
    """What is penalised has not happened yet, or happened before the case began."""

    code = "breach_out_of_time"


@dataclass(eq=False, kw_only=True)
class Penalty(penalties.Penalty):
    """A penalty of this service."""

    events: ClassVar[PenaltyEvents] = PenaltyEvents(
        proposed=events.PenaltyProposed,
        withdrawn=events.PenaltyWithdrawn,
        confirmed=events.PenaltyConfirmed,
        waived=events.PenaltyWaived,
        posted=events.PenaltyPosted,
    )
