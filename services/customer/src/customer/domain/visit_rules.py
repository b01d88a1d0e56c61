"""Which visits a regulation asks for: how often, by whom, in which ways (K-03, K-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class VisitMode(StrEnum):
    """How somebody is visited (VS-02, VS-22)."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    ON_SITE = "on_site"
    VIDEO = "video"
    CONFERENCE = "conference"


class RuleKey(NamedTuple):
    """Rules compete when activity and actor are the same, and hold side by side otherwise."""

    activity: str
    role: str


@dataclass(frozen=True)
class VisitRule:
    """One visit of ``activity`` every so many ``months`` by an actor who holds ``role``, or one of
    ``substitutes`` in his place.

    Without ``modes`` any way will do. ``counts_for`` names other activities that such a visit is
    one of as well, where the visitor is such an actor and the way is one of theirs. ``at_most``
    is the bound, in months, of all rules on customers out of town (VS-17).
    """

    activity: str
    months: int
    role: str
    modes: tuple[VisitMode, ...] = ()
    counts_for: tuple[str, ...] = ()
    at_most: int | None = None
    substitutes: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Whose visits the rule takes, the one whom it asks first."""
        return (self.role, *self.substitutes)

    @property
    def key(self) -> RuleKey:
        """What this rule is the rule of."""
        return RuleKey(self.activity, self.role)

    def allows(self, mode: VisitMode) -> bool:
        """Whether a visit may be made in that way."""
        return not self.modes or mode in self.modes


def satisfied(
    made: VisitRule, *, mode: VisitMode, roles: frozenset[str], rules: Iterable[VisitRule]
) -> list[RuleKey]:
    """Which of ``rules`` a visit counts for: the one that asked for it, and those whose activity
    it is as well, whose actor its visitor is by one of his ``roles``, and whose way it took."""
    activities = {made.activity, *made.counts_for}
    also = [
        rule.key
        for rule in rules
        if rule.key != made.key
        and rule.activity in activities
        and not roles.isdisjoint(rule.roles)
        and rule.allows(mode)
    ]
    return [made.key, *also]
