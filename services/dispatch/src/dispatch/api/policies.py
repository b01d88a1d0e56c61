"""How the values of dispatch's policy sections are read, and what is refused in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from dispatch.domain.roles import Role
from dispatch.domain.work_order_rules import (
    AcceptanceRule,
    ClosingRule,
    ClosingStep,
    CompletionRule,
    Field,
    IntakeRule,
    IssueRule,
    Need,
    NumberRule,
    Precision,
    RoleRule,
)
from shared.policy import Fault, Merge, Rule, Section

PACKS = ("property",)
INDISPENSABLE = (Field.DISPATCHER, Field.REPLY_DUE_AT, Field.RECEIVER)


def _values(made: Callable[..., Any], members: Mapping[str, fields.Field[Any]]) -> Schema:
    """A schema of ``members`` that makes the domain's value; its lists become tuples."""

    class ValueSchema(Schema):
        @post_load
        def make(self, data: dict[str, Any], **_: Any) -> Any:
            frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
            return made(**frozen)

    return ValueSchema.from_dict(dict(members))()


def _unique(value: list[Any]) -> None:
    if len(set(value)) < len(value):
        raise ValidationError("Something stands here twice.")


def _list(inner: fields.Field[Any]) -> fields.List[Any]:
    return fields.List(inner, required=True, validate=[Length(1, 20), _unique])


def _roles() -> fields.List[Any]:
    return _list(fields.String(validate=OneOf([role.value for role in Role])))


def _check_mandatory(rules: Sequence[Rule]) -> Iterable[Fault]:
    """No order can go out without somebody who gives and somebody who takes it, and a time."""
    for index, rule in enumerate(rules):
        for missing in [name for name in INDISPENSABLE if name not in rule.value.mandatory]:
            yield Fault(f"{index}.value.mandatory", f"{missing} is always mandatory.")


def _check_steps(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Steps may be left out, but not the archive; and none comes before an earlier one."""
    for index, rule in enumerate(rules):
        steps = rule.value.steps
        if list(steps) != [step for step in ClosingStep if step in steps]:
            yield Fault(f"{index}.value.steps", "The steps are not in the order of their states.")
        if ClosingStep.ARCHIVE not in steps:
            yield Fault(f"{index}.value.steps", "An order that is never archived has no end.")


def _one(
    made: Callable[..., Any],
    members: Mapping[str, fields.Field[Any]],
    check: Callable[[Sequence[Rule]], Iterable[Fault]] | None = None,
) -> Section:
    """A section from which exactly one rule is asked, without facts."""
    return Section(
        schema=_values(made, members),
        check=check,
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE}),
    )


SECTIONS: Mapping[str, Section] = {
    "dispatching": _one(RoleRule, {"roles": _roles()}),
    "receiving": _one(RoleRule, {"roles": _roles()}),
    "issuing": _one(
        IssueRule, {"mandatory": _list(fields.Enum(Field, by_value=True))}, _check_mandatory
    ),
    "numbering": _one(
        NumberRule, {"width": fields.Integer(required=True, strict=True, validate=Range(1, 12))}
    ),
    "accepting": _one(
        AcceptanceRule, {"precision": fields.Enum(Precision, by_value=True, required=True)}
    ),
    "completing": _one(CompletionRule, {"needs": _list(fields.Enum(Need, by_value=True))}),
    "closing": _one(
        ClosingRule,
        {
            "roles": _roles(),
            "steps": _list(fields.Enum(ClosingStep, by_value=True)),
            "call_back_by": _list(fields.String(validate=Length(1, 40))),
        },
        _check_steps,
    ),
    "intake": _one(
        IntakeRule,
        {
            "roles": _roles(),
            "search_again_minutes": fields.Integer(
                required=True, strict=True, validate=Range(1, 1440)
            ),
        },
    ),
}
