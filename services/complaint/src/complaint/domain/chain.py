"""Tiers, levels and the way upwards: the section ``chain`` of a pack (CP-09..CP-11, CP-18..CP-21,
CP-30, CP-31, K-06, K-09)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar
from uuid import UUID

from complaint.domain.staff import Role
from shared.rules import Because, Invalid, Ruling


@dataclass(frozen=True)
class Tier:
    """Who handles: a set of roles. With ``every`` one person of each role is called upon (CP-11),
    otherwise one person of any.

    With ``owner_first`` it is whoever cares for the customer, if he holds one of the roles, else
    his superior, if he does; else somebody of the first role that anybody holds (CP-41).
    """

    number: int
    roles: tuple[Role, ...]
    every: bool = False
    owner_first: bool = False


@dataclass(frozen=True)
class Step:
    """How a level is handled: by which tier, which tiers are told as well (CP-20), and which roles
    review the outcome and file it away (CP-18, CP-19, CP-21)."""

    level: int
    tier: int
    told: tuple[int, ...]
    reviewers: tuple[Role, ...]
    archivists: tuple[Role, ...]


@dataclass(frozen=True)
class Upgrade:
    """To which level a complaint goes when its complainant is dissatisfied (CP-30)."""

    level: int
    to: int


@dataclass(frozen=True)
class Meeting:
    """Where a complaint of the highest level goes: the general manager's meeting (CP-31)."""

    level: int
    secretaries: tuple[Role, ...]
    deciders: tuple[Role, ...]


Link: TypeAlias = Tier | Step | Upgrade | Meeting
Kind = TypeVar("Kind", Tier, Step)


@dataclass(frozen=True, kw_only=True)
class Team:
    """The persons to whom a complaint goes at a level; the handler is the first of them."""

    level: int
    tier: int
    handler_id: UUID
    person_ids: tuple[UUID, ...]
    because: Because


class LevelUnknown(Invalid):
    """The packs that the unit follows know no such level."""

    code = "level_unknown"


@dataclass(frozen=True)
class Chain:
    """The chain of one pack, each link with the clause that it comes from."""

    links: Sequence[Ruling[Link]]

    def tiers(self) -> dict[int, Tier]:
        """The tiers by number, the first one first."""
        tiers = (link.value for link in self.links if isinstance(link.value, Tier))
        return {tier.number: tier for tier in sorted(tiers, key=lambda tier: tier.number)}

    def handlers(self, level: int) -> Ruling[frozenset[Role]]:
        """The roles that handle ``level``. Raises LevelUnknown."""
        step = self.step(level)
        return Ruling(frozenset(self.tiers()[step.value.tier].roles), step.because)

    def first_tier(self) -> frozenset[Role]:
        """The roles that hear a complaint first (CP-17); none where there is no chain."""
        return frozenset(next((tier.roles for tier in self.tiers().values()), ()))

    def roles(self) -> frozenset[Role]:
        """The roles of all tiers."""
        return frozenset(role for tier in self.tiers().values() for role in tier.roles)

    def step(self, level: int) -> Ruling[Step]:
        """How ``level`` is handled. Raises LevelUnknown."""
        for link in self.links:
            if isinstance(link.value, Step) and link.value.level == level:
                return Ruling(link.value, link.because)
        raise LevelUnknown(f"There is no level {level} here.", levels=self.levels())

    def way_up(self, level: int) -> Ruling[Upgrade | Meeting]:
        """Where a dissatisfied complainant's case goes from ``level``. Raises LevelUnknown."""
        for link in self.links:
            if isinstance(link.value, Upgrade | Meeting) and link.value.level == level:
                return Ruling(link.value, link.because)
        raise LevelUnknown(f"There is no level {level} here.", levels=self.levels())

    def calls_owner(self, level: int) -> bool:
        """Whether whoever cares for the customer is called upon at ``level``, or told."""
        steps = (link.value for link in self.links if isinstance(link.value, Step))
        step = next((step for step in steps if step.level == level), None)
        tiers = self.tiers()
        return any(tiers[n].owner_first for n in (step.tier, *step.told)) if step else False

    def levels(self) -> list[int]:
        """The levels of the chain, the lowest first."""
        return sorted(one.value.level for one in self.links if isinstance(one.value, Step))


def faults(links: Sequence[Link]) -> Iterator[tuple[int, str]]:
    """What keeps ``links`` from working as a chain: the position of a link and what is wrong."""
    yield from _repeated(links)
    tiers = {link.number for link in links if isinstance(link, Tier)}
    levels = {link.level for link in links if isinstance(link, Step)}
    ways = {link.level: link for link in links if isinstance(link, Upgrade | Meeting)}
    for position, link in enumerate(links):
        match link:
            case Step(level, tier, told):
                missing = sorted({tier, *told} - tiers)
                if missing:
                    yield position, f"There is no tier {missing[0]}."
                if level not in ways:
                    yield position, f"Level {level} leads nowhere when the answer is bad."
                elif not _ends(ways, level):
                    yield position, f"From level {level} the way up never ends in a meeting."
            case Upgrade(level, to):
                for unknown in sorted({level, to} - levels):
                    yield position, f"There is no level {unknown}."
            case Meeting(level):
                if level not in levels:
                    yield position, f"There is no level {level}."


def _repeated(links: Sequence[Link]) -> Iterator[tuple[int, str]]:
    seen: Counter[tuple[str, int]] = Counter()
    for position, link in enumerate(links):
        kind, number = _place(link)
        seen[kind, number] += 1
        if seen[kind, number] > 1:
            yield position, f"There is a {kind} {number} already."


def _place(link: Link) -> tuple[str, int]:
    match link:
        case Tier(number):
            return "tier", number
        case Step(level):
            return "level", level
        case Upgrade(level) | Meeting(level):
            return "way up from level", level


def _ends(ways: dict[int, Upgrade | Meeting], level: int) -> bool:
    """Whether the way up from ``level`` ends in a meeting without passing a level twice."""
    passed: set[int] = set()
    while level not in passed:
        passed.add(level)
        match ways.get(level):
            case Upgrade(_, to):
                level = to
            case Meeting():
                return True
            case None:
                return True  # Told at the level that has no way up.
    return False
