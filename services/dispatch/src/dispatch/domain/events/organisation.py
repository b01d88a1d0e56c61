"""What is told of units and of the people who work there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OrgUnitChanged:
    """A unit was made, renamed or moved, or its calendar changed. ``calendar`` lists its days."""

    type: ClassVar[str] = "dispatch.org_unit_changed.v1"
    subject: ClassVar[str] = "org_unit/{unit}"

    unit: str
    parent: str | None
    kind: str
    name: str
    calendar: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """A person joined, left, or changed posts or superior. Ids only."""

    type: ClassVar[str] = "dispatch.person_changed.v1"
    subject: ClassVar[str] = "person/{person_id}"

    person_id: UUID
    active: bool
    posts: tuple[Mapping[str, str], ...]
    superior_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonDeparted:
    """A person left; told before the change that shows him or her as not active, so that a
    successor is heard of before others take over (E-38). ``org_unit`` is that of the first post.
    Ids only."""

    type: ClassVar[str] = "dispatch.person_departed.v1"
    subject: ClassVar[str] = "person/{person_id}"

    person_id: UUID
    org_unit: str
    successor_id: UUID | None
    departed_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonContactChanged:
    """How a person is reached. Personal data: it travels on the private exchange alone."""

    type: ClassVar[str] = "dispatch.person_contact_changed.v1"
    subject: ClassVar[str] = "contact/{contact_id}"
    private: ClassVar[bool] = True

    contact_id: UUID
    kind: str
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[Mapping[str, str], ...]
