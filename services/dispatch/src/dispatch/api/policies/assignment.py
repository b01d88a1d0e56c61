"""The sections on who comes first, who is chosen for an order, and by when a category is due."""

from collections.abc import Iterable, Mapping, Sequence

from marshmallow import fields
from marshmallow.validate import Length

from dispatch.api.policies.values import A_MONTH, one, several, values, whole
from dispatch.domain.assignment import AssignmentRule, CategorySkills
from dispatch.domain.assignment import Criterion as Chosen
from dispatch.domain.deadlines import TimeUnit
from dispatch.domain.priorities import Criterion as Preferred
from dispatch.domain.priorities import PriorityRule
from dispatch.domain.response_times import ResponseRule
from shared.policy import Fault, Merge, Rule, Section

SKILL = Length(1, 80)

# What somebody must be able to do for work of a category.
CATEGORY_SKILLS = values(
    CategorySkills,
    {
        "category": fields.String(required=True, validate=SKILL),
        "needs": several(fields.String(validate=SKILL)),
    },
)


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
    "priority": one(
        values(PriorityRule, {"preferred_by": several(fields.Enum(Preferred, by_value=True))})
    ),
    "assignment": one(
        values(
            AssignmentRule,
            {
                "criteria": several(fields.Enum(Chosen, by_value=True)),
                "most_open": whole(1, 1000),
                "levels_up": whole(0, 20),
                "on_intake": fields.Boolean(required=True),
                "skills": fields.List(
                    fields.Nested(CATEGORY_SKILLS), required=True, validate=Length(max=200)
                ),
            },
        ),
        _check_assignment,
    ),
    "response_times": Section(
        schema=values(
            ResponseRule,
            {
                "unit": fields.Enum(TimeUnit, by_value=True, required=True),
                "within": whole(1, A_MONTH),
            },
        ),
        check=_check_response_times,
        facts=frozenset({"category"}),
        merges=frozenset({Merge.REPLACE}),
    ),
}
