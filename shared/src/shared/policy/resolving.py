"""Which rule holds for a unit, a section, a day and the facts of a case."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from shared.org_units import standing
from shared.policy.activations import packs_followed
from shared.policy.packs import Merge, Pack, PolicyMissing, Rule, Section, texts
from shared.policy.rulebook import Rulebook
from shared.policy.versions import in_force, read, versions_over
from shared.rules import Because, Ruling


@dataclass(frozen=True)
class Held:
    """A rule that holds, and the pack it stands in. ``rank`` 0 is the pack activated first."""

    rank: int
    pack: Pack
    rule: Rule

    @property
    def because(self) -> Because:
        return self.pack.because(self.rule)

    @property
    def ruling(self) -> Ruling[Any]:
        return Ruling(self.rule.value, self.because)


class Policies:
    """The resolver of one transaction; it looks up a unit's packs for a day once.

    Every method raises UnitUnknown, KeyError for a section and ValueError for a fact that the
    service has not declared. ``on`` is the local date of the unit whose case is decided.
    """

    def __init__(self, rulebook: Rulebook, session: Session) -> None:
        self._rulebook = rulebook
        self._session = session
        self._packs: dict[tuple[str, date], tuple[Pack, ...]] = {}

    def ruling(self, section: str, /, *, unit: str, on: date, **facts: object) -> Ruling[Any]:
        """The one rule that wins: the first of ``rulings``. Raises PolicyMissing if none holds."""
        held = self.held(section, unit=unit, on=on, **facts)
        if not held:
            raise PolicyMissing(
                f"No rule on {section} holds for {unit} on {on.isoformat()}.",
                section=section,
                unit=unit,
                on=on.isoformat(),
            )
        return held[0].ruling

    def rulings(
        self, section: str, /, *, unit: str, on: date, **facts: object
    ) -> list[Ruling[Any]]:
        """All that hold, the winner first.

        ``replace``: what matches in the first activated pack that has a match. ``strictest``: all
        that match, strictest first. ``additive``: all that match, by rank of pack. The rules of one
        pack keep the order of its document. Section.key narrows who competes with whom.
        """
        return [one.ruling for one in self.held(section, unit=unit, on=on, **facts)]

    def held(self, section: str, /, *, unit: str, on: date, **facts: object) -> list[Held]:
        """As ``rulings``, with pack and rule: for showing why."""
        declared = self._rulebook.sections[section]
        if declared.facts is not None and not declared.facts >= facts.keys():
            raise ValueError(f"{section} knows no facts {sorted(facts.keys() - declared.facts)}")
        packs = [pack for pack in self.packs(unit=unit, on=on) if section in pack.sections]
        if not packs:
            return []
        given = texts(facts)
        matching = [
            Held(rank, pack, rule)
            for rank, pack in enumerate(packs)
            for rule in pack.sections[section].rules
            if rule.holds(given)
        ]
        return _MERGED[packs[0].sections[section].merge](matching, declared)

    def packs(self, *, unit: str, on: date) -> tuple[Pack, ...]:
        """The packs that the unit follows on that day, each in the version in force, by rank.

        Raises PolicyMissing when one that is activated is no longer there at all.
        """
        if (unit, on) not in self._packs:
            self._packs[unit, on] = self._look_up(unit, on)
        return self._packs[unit, on]

    def _look_up(self, unit: str, on: date) -> tuple[Pack, ...]:
        above = standing(self._session, unit)
        followed = packs_followed(above, on) or self._rulebook.default
        names = tuple(dict.fromkeys((*followed, *self._rulebook.house)))
        found = versions_over(above, self._rulebook, names)
        gone = sorted(set(names) - {one.pack for one in found})
        if gone:
            raise PolicyMissing(f"{unit} follows packs that are not there: {gone}.", packs=gone)
        current = in_force(found, on)
        return tuple(
            read(self._session, self._rulebook, current[name]) for name in names if name in current
        )


def _replace(matching: list[Held], section: Section) -> list[Held]:
    """Of each key, what the first pack says that says anything."""
    first: dict[Hashable, int] = {}
    for held in matching:
        first.setdefault(_key(held, section), held.rank)
    return [held for held in matching if held.rank == first[_key(held, section)]]


def _strictest(matching: list[Held], section: Section) -> list[Held]:
    """Strictest first; at equal strictness the pack of higher rank. With keys: one of each."""
    strictness = section.strictness
    if strictness is None:
        raise ValueError("a section without strictness cannot be merged as strictest")
    ordered = sorted(matching, key=lambda held: strictness(held.rule.value))
    if section.key is None:
        return ordered
    winners: dict[Hashable, Held] = {}
    for held in ordered:
        winners.setdefault(_key(held, section), held)
    return list(winners.values())


def _additive(matching: list[Held], section: Section) -> list[Held]:  # noqa: ARG001 - one form.
    return matching


def _key(held: Held, section: Section) -> Hashable:
    return section.key(held.rule.value) if section.key else None


_MERGED: dict[Merge, Callable[[list[Held], Section], list[Held]]] = {
    Merge.REPLACE: _replace,
    Merge.STRICTEST: _strictest,
    Merge.ADDITIVE: _additive,
}
