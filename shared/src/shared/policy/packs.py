"""What a policy pack is once its document has been read, and what a service says of a section.

A pack holds one service's part of one regulation. Its document carries number, version, revision
history, issuer, reviewer, approver and owner (XC-04).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any

from marshmallow import Schema

from shared.rules import Because, Invalid

Scalar = str | int | bool
Texts = Mapping[str, frozenset[str]]


class Merge(StrEnum):
    """How the rules of several packs come together in one section."""

    REPLACE = "replace"  # the first activated pack with a rule that holds hides the others
    STRICTEST = "strictest"  # all compete, the smallest strictness wins
    ADDITIVE = "additive"  # all hold side by side


@dataclass(frozen=True)
class Fault:
    """What is wrong in a pack. ``path`` is dotted; that of a section's check counts from its rules:
    ``0.value.within``, or the empty string for the section as a whole."""

    path: str
    message: str


class PackFault(Invalid):
    """A pack that cannot work. ``extra`` has ``path``, the first fault, and ``errors`` by path."""

    code = "pack_invalid"

    def __init__(self, faults: Sequence[Fault], *, source: str = "") -> None:
        first = faults[0]
        errors: dict[str, list[str]] = {}
        for fault in faults:
            errors.setdefault(fault.path, []).append(fault.message)
        where = ": ".join(part for part in (source, first.path) if part)
        detail = f"{where}: {first.message}" if where else first.message
        super().__init__(detail, path=first.path, errors=errors)
        self.faults = tuple(faults)


class PolicyMissing(Invalid):
    """No rule of the packs that the unit follows on that day fits the facts."""

    code = "policy_missing"
    later = True


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One value of a section, the clause it comes from, and the facts under which it holds.

    ``value`` is what the section's schema made; ``data`` is the same as the document has it.
    """

    rule: str
    clause: str
    when: Mapping[str, tuple[Scalar, ...]]
    value: Any
    data: Any

    @cached_property
    def _wanted(self) -> Texts:
        return texts(self.when)

    def holds(self, given: Texts) -> bool:
        """Whether each fact that the rule names is given with one of the values it wants."""
        return all(given.get(name, frozenset()) & wanted for name, wanted in self._wanted.items())


@dataclass(frozen=True, kw_only=True)
class PackSection:
    """The rules of one section in the order of the document."""

    merge: Merge
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One immutable version of a pack. ``document`` is what was read, as JSON holds it."""

    pack: str
    version: str
    title: str
    effective_from: date
    sections: Mapping[str, PackSection]
    document: Mapping[str, Any]

    def because(self, rule: Rule) -> Because:
        """The reason to store with a decision that ``rule`` of this pack made."""
        return Because(pack=self.pack, version=self.version, clause=rule.clause, rule=rule.rule)


@dataclass(frozen=True, kw_only=True)
class Section:
    """What a service says of one of its sections.

    ``schema`` loads a rule's ``value``; its post_load makes the frozen dataclass of the domain, and
    a ValueError raised there is a fault of the pack. ``strictness`` puts values in order, smallest
    first; without it a pack cannot choose ``strictest``. ``check`` sees all rules of the section at
    once: chains, thresholds that cross. ``facts`` are the names that ``when`` may use. ``merges``
    narrows the modes that a pack may choose: a section that is asked for one ruling leaves out
    ``additive``. With ``key`` only values of the same key compete: different keys hold side by
    side, as visits of different actors do (K-03); without it all that match stay, in order of
    strictness, as several first-response times do (K-05).
    """

    schema: Schema
    strictness: Callable[[Any], Any] | None = None
    check: Callable[[Sequence[Rule]], Iterable[Fault]] | None = None
    facts: frozenset[str] | None = None
    merges: frozenset[Merge] = frozenset(Merge)
    key: Callable[[Any], Hashable] | None = None


def texts(facts: Mapping[str, object]) -> Texts:
    """Facts in the one form in which they are compared; None is a fact that is not known.

    A fact may be a collection (the grades that a customer holds): one common value is enough. An
    enum counts as its value, ``True`` as ``true``, and 1 and ``"1"`` are the same, because facts
    also arrive as text in a query.
    """
    return {
        name: frozenset(_text(one) for one in _each(value))
        for name, value in facts.items()
        if value is not None
    }


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, (tuple, list, set, frozenset)) else (value,)


def _text(value: object) -> str:
    plain = value.value if isinstance(value, Enum) else value
    return str(plain).lower() if isinstance(plain, bool) else str(plain)
