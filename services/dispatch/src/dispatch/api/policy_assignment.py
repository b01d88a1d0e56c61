"""How packs say who comes first, who is chosen for an order, and by when a category is due."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, Range

from dispatch.domain.assignment import AssignmentRule, CategorySkills
from dispatch.domain.assignment import Criterion as Chosen
from dispatch.domain.deadlines import TimeUnit
from dispatch.domain.priorities import Criterion as Preferred
from dispatch.domain.priorities import PriorityRule
from dispatch.domain.response_times import ResponseRule
from shared.policy import Fault, Merge, Rule, Section

A_MONTH = 31 * 24 * 60  # The longest that one waits, in minutes.
SKILL = Length(1, 80)


def _unique(value: list[Any]) -> None:
    if len(set(value)) < len(value):
        raise ValidationError("Something stands here twice.")


class PrioritySchema(Schema):
    """By what customers stand before others in the queue."""

    preferred_by = fields.List(
        fields.Enum(Preferred, by_value=True), required=True, validate=[Length(1), _unique]
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PriorityRule:
        return PriorityRule(tuple(data["preferred_by"]))


class CategorySkillsSchema(Schema):
    """What somebody must be able to do for work of a category."""

    category = fields.String(required=True, validate=SKILL)
    needs = fields.List(
        fields.String(validate=SKILL), required=True, validate=[Length(1, 20), _unique]
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> CategorySkills:
        return CategorySkills(data["category"], tuple(data["needs"]))


class AssignmentSchema(Schema):
    """Who is chosen for an order that names no receiver."""

    criteria = fields.List(
        fields.Enum(Chosen, by_value=True), required=True, validate=[Length(1), _unique]
    )
    most_open = fields.Integer(required=True, strict=True, validate=Range(1, 1000))
    levels_up = fields.Integer(required=True, strict=True, validate=Range(0, 20))
    on_intake = fields.Boolean(required=True)
    skills = fields.List(
        fields.Nested(CategorySkillsSchema), required=True, validate=Length(max=200)
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> AssignmentRule:
        lists = {name: tuple(data[name]) for name in ("criteria", "skills")}
        return AssignmentRule(**{**data, **lists})


class ResponseSchema(Schema):
    """How much time there is for the reply to work of a category."""

    unit = fields.Enum(TimeUnit, by_value=True, required=True)
    within = fields.Integer(required=True, strict=True, validate=Range(1, A_MONTH))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ResponseRule:
        return ResponseRule(**data)


def _check_assignment(rules: Sequence[Rule]) -> Iterable[Fault]:
    """A category stands once, and what is said of skills, loads and levels is looked at."""
    for index, rule in enumerate(rules):
        value: AssignmentRule = rule.value
        known = [one.category for one in value.skills]
        if len(set(known)) < len(known):
            yield Fault(f"{index}.value.skills", "A category stands here twice.")
        if known and Chosen.SKILL not in value.criteria:
            yield Fault(f"{index}.value.skills", "Nobody would look at the skills.")


def _check_response_times(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each time is that of a category: an order without one has to name its own."""
    for index, rule in enumerate(rules):
        if not rule.when.get("category"):
            yield Fault(f"{index}.when", "The category is missing.")


SECTIONS: Mapping[str, Section] = {
    "priority": Section(
        schema=PrioritySchema(), facts=frozenset(), merges=frozenset({Merge.REPLACE})
    ),
    "assignment": Section(
        schema=AssignmentSchema(),
        check=_check_assignment,
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE}),
    ),
    "response_times": Section(
        schema=ResponseSchema(),
        check=_check_response_times,
        facts=frozenset({"category"}),
        merges=frozenset({Merge.REPLACE}),
    ),
}
