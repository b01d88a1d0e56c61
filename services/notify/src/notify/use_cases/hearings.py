"""Say why somebody was told of an event or was not."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from notify.adapters.hearings import Arrived, Hearings
from notify.adapters.messages import Messages
from notify.domain.hearings import Explanation, Hearing, Verdict, explain


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one may know of an event and a person. ``hearing`` is None where nothing was decided on
    the event, and ``arrived`` says how far it came. ``told_instead`` is who is told where the one
    that was asked for is a case that names nobody."""

    explanation: Explanation
    told_instead: UUID | None = None
    hearing: Hearing | None = None
    arrived: Arrived | None = None


def explain_event(session: Session, *, event_id: UUID, person_id: UUID, seen_from: str) -> Answer:
    """Why a person was told of an event or not, as far as it may be seen from a unit."""
    kept = Hearings(session)
    hearing = kept.find(event_id, seen_from=seen_from)
    if hearing is None:
        arrived = kept.arrived(event_id, seen_from=seen_from)
        nothing = Explanation(verdict=Verdict.NOT_TOLD, why=arrived.state)
        return Answer(explanation=nothing, arrived=arrived)
    instead = hearing.instead.get(str(person_id))
    told = UUID(instead) if instead else person_id
    lines = Messages(session).said(hearing.subject, hearing.occurrence, told, seen_from=seen_from)
    return Answer(
        explanation=explain(hearing, lines),
        told_instead=told if instead else None,
        hearing=hearing,
    )
