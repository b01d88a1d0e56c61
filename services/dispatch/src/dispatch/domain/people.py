"""A person of the staff: posts, superior, skills, and how he or she is reached."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dispatch.domain.events import PersonChanged, PersonContactChanged
from shared.rules import Forbidden, Invalid, RuleBroken

ROBOTS = ("wecom", "dingtalk", "feishu")
CHANNELS = ("log", "smtp", "webhook", "sms", *ROBOTS)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # a BCP 47 tag
STAFF_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")


class PersonExists(RuleBroken):
    """The id that the client gave is taken."""

    code = "person_exists"


class StaffNumberTaken(RuleBroken):
    """Another person of the company has this number, seen or not."""

    code = "staff_number_taken"


class NotOnStaff(Forbidden):
    """Whoever asks is no active person of the directory and so can answer for no work order."""

    code = "not_on_staff"


class SuperiorCycle(Invalid):
    """Nobody is, however indirectly, his own superior."""

    code = "superior_cycle"


@dataclass(frozen=True)
class Post:
    """A role held in a unit."""

    unit: str
    role: str


@dataclass(frozen=True)
class Address:
    """Where a channel (``log``, ``smtp``, ``webhook``, ``sms``, robots) reaches somebody."""

    channel: str
    address: str


@dataclass(eq=False, kw_only=True)
class Person:
    """Somebody who works here. ``zone`` is an IANA time zone, ``language`` a BCP 47 tag,
    ``staff_number`` what the firm itself knows him by."""

    id: UUID
    name: str
    language: str
    zone: str
    posts: tuple[Post, ...]
    addresses: tuple[Address, ...] = ()
    skills: tuple[str, ...] = ()
    superior_id: UUID | None = None
    staff_number: str | None = None
    active: bool = True
    version: int = 1

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def joined(self) -> tuple[PersonChanged, PersonContactChanged]:
        """What others are told of somebody new."""
        return self._place(), self._contact()

    def change(self, **fresh: Any) -> tuple[PersonChanged | PersonContactChanged, ...]:
        """Set the fields named; returns only the events whose content is different from before."""
        before = self.joined()
        for name, value in fresh.items():
            setattr(self, name, value)
        return tuple(event for event in self.joined() if event not in before)

    def unit_of(self, roles: Iterable[str]) -> str | None:
        """The unit of the first post that carries one of ``roles``."""
        wanted = frozenset(roles)
        return next((post.unit for post in self.posts if post.role in wanted), None)

    def _place(self) -> PersonChanged:
        return PersonChanged(
            person_id=self.id,
            active=self.active,
            posts=tuple({"unit": post.unit, "role": post.role} for post in self.posts),
            superior_id=self.superior_id,
        )

    def _contact(self) -> PersonContactChanged:
        return PersonContactChanged(
            contact_id=self.id,
            kind="person",
            active=self.active,
            name=self.name,
            language=self.language,
            zone=self.zone,
            addresses=tuple(_plain(address) for address in self.addresses),
        )


def check_superior(
    person_id: UUID, superior: UUID | None, superior_of: Callable[[UUID], UUID | None]
) -> None:
    """Refuse a superior who stands below ``person_id``. Raises SuperiorCycle.

    ``superior_of`` looks up who stands above somebody; the chain that exists has no cycle.
    """
    above = superior
    while above is not None:
        if above == person_id:
            raise SuperiorCycle(
                "a person would stand above himself", errors={"superior_id": ["makes a cycle"]}
            )
        above = superior_of(above)


def _plain(address: Address) -> Mapping[str, str]:
    return {"channel": address.channel, "address": address.address}
