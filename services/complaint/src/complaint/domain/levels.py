"""How serious a complaint is: the section ``levels`` of a pack (CP-12..CP-15, CP-62, CP-63)."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaint.domain.chain import LevelUnknown
from shared.rules import Because, Invalid, Ruling


@dataclass(frozen=True)
class LevelRow:
    """One line of the decision table: what fits it is of at least this level, for this reason."""

    level: int
    reason: str


@dataclass(frozen=True)
class Reason:
    """Why a complaint is of a level, with the clause."""

    level: int
    reason: str
    because: Because


@dataclass(frozen=True)
class Suggestion:
    """The level that the rules give a complaint. The first reason is the one that decided."""

    level: int
    reasons: tuple[Reason, ...]


class LevelTooLow(Invalid):
    """A complaint may be taken in above the level that the rules give it, never below (CP-63)."""

    code = "level_too_low"


class LevelReasonMissing(Invalid):
    """Whoever takes a complaint in above the level of the rules says why (CP-63)."""

    code = "level_reason_missing"


class LevelNotHigher(Invalid):
    """Who handles a complaint only ever raises its level (CP-63)."""

    code = "level_not_higher"


class LevelNotLower(Invalid):
    """A level is lowered to one below it, and never back to one whose handling did not content the
    complainant (CP-30, CP-63)."""

    code = "level_not_lower"


def suggest(rows: Sequence[Ruling[LevelRow]]) -> Suggestion:
    """The highest level of the rows that fit; among equals the first row decides.

    Raises LevelUnknown when no row fits.
    """
    if not rows:
        raise LevelUnknown("No rule of the packs followed here gives this complaint a level.")
    reasons = (Reason(row.value.level, row.value.reason, row.because) for row in rows)
    ordered = tuple(sorted(reasons, key=lambda reason: -reason.level))
    return Suggestion(ordered[0].level, ordered)


def choose(suggestion: Suggestion, *, wanted: int | None, reason: str | None) -> int:
    """The level of the intake (CP-63). Raises LevelTooLow, LevelReasonMissing."""
    if wanted is None or wanted == suggestion.level:
        return suggestion.level
    if wanted < suggestion.level:
        raise LevelTooLow(
            f"By the rules this is at least of level {suggestion.level}.",
            because=suggestion.reasons[0].because,
            suggested=suggestion.level,
        )
    if not reason:
        raise LevelReasonMissing("Say why the level is higher than the rules give it.")
    return wanted
