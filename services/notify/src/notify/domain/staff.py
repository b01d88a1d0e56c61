"""The posts of the staff, as dispatch tells them: who does something, and who allows it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Officer(Protocol):
    """Who asks, as his token names him."""

    @property
    def id(self) -> str: ...

    @property
    def roles(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Post:
    """A role that an active person holds in a unit."""

    person_id: UUID
    unit: str
    role: str


def nearest(posts: Sequence[Post], units: Iterable[str]) -> list[UUID]:
    """Who holds one of ``posts`` in the first of ``units`` where anybody does, by id; ``units`` are
    a unit and those above it. Empty where nobody does."""
    for unit in units:
        found = {post.person_id for post in posts if post.unit == unit}
        if found:
            return sorted(found)
    return []
