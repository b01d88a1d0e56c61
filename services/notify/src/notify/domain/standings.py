"""What a customer is, as the service customer tells it: packs greet one otherwise than another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(eq=False, kw_only=True)
class Standing:
    """``classes`` are by scheme. ``grades`` are by unit, scheme and product, joined by a bar, for
    in no other unit do they hold (CL-26). In ``key_units`` he is a key account, and what he left
    are ``left_units``; both with all below them."""

    customer_id: UUID
    kind: str | None = None
    owner_id: UUID | None = None
    classes: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    key_units: tuple[str, ...] = ()
    left_units: tuple[str, ...] = ()

    def classify(self, scheme: str, new: str | None) -> None:
        """Take over a class; None is that he has none."""
        self.classes = _with(self.classes, scheme, new)

    def grade(self, *, unit: str, scheme: str, product: str, new: str | None) -> None:
        """Take over a grade; None is that he has none, or that it is not told."""
        named = f"{scheme}:{new}" if new else None
        self.grades = _with(self.grades, f"{unit}|{scheme}|{product}", named)

    def call_key(self, unit: str, *, is_key: bool) -> None:
        """Take over what ``unit`` says of him."""
        self.key_units = _among(self.key_units, unit, there=is_key)

    def leave(self, unit: str) -> None:
        """He left the customer base of ``unit``."""
        self.left_units = _among(self.left_units, unit, there=True)

    def enter(self, unit: str) -> None:
        """He is in the customer base of ``unit``."""
        self.left_units = _among(self.left_units, unit, there=False)

    def has_left(self, units: Collection[str]) -> bool:
        """Whether he left one of ``units``: a unit and those above it."""
        return not {*self.left_units}.isdisjoint(units)

    def facts(self, units: Collection[str]) -> dict[str, Any]:
        """What packs tell customers apart by, as it holds in a unit; ``units`` are the unit and
        those above it."""
        grades = {grade for where, grade in self.grades.items() if where.partition("|")[0] in units}
        known = {name: self.classes.get(name) for name in ("size", "tenure", "value", "industry")}
        key = not {*self.key_units}.isdisjoint(units)
        return {**known, "kind": self.kind, "grade": grades, "key_account": key}


def _with(known: Mapping[str, str], key: str, value: str | None) -> dict[str, str]:
    rest = {name: one for name, one in known.items() if name != key}
    return {**rest, key: value} if value else rest


def _among(units: tuple[str, ...], unit: str, *, there: bool) -> tuple[str, ...]:
    return tuple(sorted({*units, unit} if there else {*units} - {unit}))
