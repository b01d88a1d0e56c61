"""From the subject of a timer to what it is about."""

from uuid import UUID

from shared.subscriptions import Fired


def complaint_of(fired: Fired) -> UUID:
    """The complaint that a timer of subject ``complaint/{id}`` is about."""
    return UUID(fired.subject.removeprefix("complaint/"))
