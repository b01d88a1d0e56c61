"""What an event offers to those who are told of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

ONCE = "once"  # The occurrence of what happens to its subject a single time.
NONE = "-"  # A word that is not there.


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an event offers.

    ``subject`` is what it is about; ``occurrence`` names the fields (or the ``sequence`` of the
    event) that tell one time from another; ``audiences`` those that hold ids of persons, or of the
    case whose customer is told; ``facts`` those by which a pack may tell cases apart; ``words``
    those that a template may show.
    """

    subject: str
    audiences: tuple[str, ...]
    words: tuple[str, ...]
    occurrence: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def persons(data: Mapping[str, Any], audience: tuple[str, ...]) -> tuple[UUID, ...]:
    """The ids under the names of ``audience``, each once, in the order of the ids."""
    return tuple(sorted(set(_ids(data, audience))))


def occurrence(entry: Entry, data: Mapping[str, Any]) -> str:
    """What tells this time from another of the same subject."""
    return "/".join(text(data[name]) for name in entry.occurrence) or ONCE


def text(value: Any) -> str:
    """A value of an event as a message keeps it; instants and days in ISO 8601, none as a dash."""
    if value is None:
        return NONE
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _ids(data: Mapping[str, Any], audience: tuple[str, ...]) -> Iterator[UUID]:
    for name in audience:
        found = data[name]
        yield from found if isinstance(found, (list, tuple)) else [found] if found else []
