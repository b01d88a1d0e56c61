"""How the values of dispatch's policy sections are read, and what is refused in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range, Regexp

from dispatch.api import policy_assignment, policy_daily_checks
from dispatch.api.policy_books import BOOK_SECTIONS
from dispatch.api.policy_printing import PRINTING
from dispatch.api.policy_sign_offs import SIGN_OFFS
from dispatch.domain.breaches import BreachRule, Code, Liable
from dispatch.domain.deadlines import BY_THE_ORDER, Awaited, ClockRule, TimeUnit
from dispatch.domain.field_times import OfflineRule
from dispatch.domain.roles import Role
from dispatch.domain.unable import DecidingRole
from dispatch.domain.work_order_rules import (
    INDISPENSABLE,
    AcceptanceRule,
    ClosingRule,
    ClosingStep,
    CompletionRule,
    Field,
    IntakeRule,
    IssueRule,
    Kind,
    Need,
    NumberRule,
    PaperRule,
    Precision,
    RoleRule,
)
from shared.penalties import Per
from shared.policy import Fault, Merge, Rule, Section
from shared.web.penalty_packs import penalty_roles

PACKS = ("property",)
A_MONTH = 31 * 24 * 60  # The longest that one waits, in minutes.
FOUND = (Code.ITEM_BLANK, Code.LATE_UNREPORTED, Code.PAGE_LOST)


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


def _minutes(**options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=Range(1, A_MONTH), **options)


def _check_mandatory(rules: Sequence[Rule]) -> Iterable[Fault]:
    """What no order can be without is always mandatory."""
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


def _check_clocks(rules: Sequence[Rule]) -> Iterable[Fault]:
    """There is a time for all that can be awaited; the order itself says by when it is to be issued
    and replied to, and of the reply alone one warns."""
    covered: set[object] = set()
    for index, rule in enumerate(rules):
        named = set(rule.when.get("awaited", tuple(Awaited)))
        covered |= named
        if named - set(Awaited):
            yield Fault(f"{index}.when.awaited", "Nothing of this name is awaited.")
        if named & BY_THE_ORDER and rule.value.within is not None:
            yield Fault(f"{index}.value.within", "The order itself says by when.")
        if named - BY_THE_ORDER and rule.value.within is None:
            yield Fault(f"{index}.value.within", "Nothing else says by when.")
        if rule.value.warn and named != {Awaited.REPLY}:
            yield Fault(f"{index}.value.warn", "One warns of the reply alone.")
    for missing in [name for name in Awaited if name not in covered]:
        yield Fault("", f"No rule says how long to wait for {missing}.")


def _check_breaches(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each breach costs one amount; and what the service finds itself nobody records by hand."""
    for index, rule in enumerate(rules):
        value = rule.value
        by_hand = value.roles or value.by_superior
        if value.code in [earlier.value.code for earlier in rules[:index]]:
            yield Fault(f"{index}.value.code", "This breach stands here already.")
        if value.code in FOUND and by_hand:
            yield Fault(f"{index}.value.roles", "The service itself finds this breach.")
        if value.code not in FOUND and not by_hand:
            yield Fault(f"{index}.value.roles", "Nobody would ever record this breach.")
        if (value.per is Per.PAGE) != (value.code == Code.PAGE_LOST):
            yield Fault(f"{index}.value.per", "The lost pages of a book count by page, no others.")
        if value.code == Code.PAGE_LOST and value.liable is not Liable.DISPATCHER:
            yield Fault(f"{index}.value.liable", "A dispatcher holds the book.")


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
    "completing": _one(
        CompletionRule,
        {
            "needs": _list(fields.Enum(Need, by_value=True)),
            "signed_by": fields.List(
                fields.Enum(Kind, by_value=True),
                load_default=tuple(Kind),
                validate=[Length(1, len(Kind)), _unique],
            ),
        },
    ),
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
    "deciding": _one(DecidingRole, {"roles": _roles()}),
    "clocks": Section(
        schema=_values(
            ClockRule,
            {
                "unit": fields.Enum(TimeUnit, by_value=True, required=True),
                "within": _minutes(load_default=None, allow_none=True),
                "again": _minutes(required=True),
                "warn": fields.Integer(load_default=0, strict=True, validate=Range(0, A_MONTH)),
            },
        ),
        check=_check_clocks,
        facts=frozenset({"awaited"}),
        merges=frozenset({Merge.REPLACE}),
    ),
    "offline": _one(
        OfflineRule,
        {"trust_hours": fields.Integer(required=True, strict=True, validate=Range(0, 168))},
    ),
    "paper_mode": _one(PaperRule, {"allowed": fields.Boolean(required=True)}),
    "breaches": Section(
        schema=_values(
            BreachRule,
            {
                "code": fields.String(required=True, validate=Regexp(r"[a-z][a-z_]{0,39}\Z")),
                "liable": fields.Enum(Liable, by_value=True, required=True),
                "amount": fields.Decimal(
                    required=True, places=2, validate=Range(0, 100_000, min_inclusive=False)
                ),
                "per": fields.Enum(Per, by_value=True, load_default=Per.OCCURRENCE),
                "roles": fields.List(
                    fields.String(validate=OneOf([role.value for role in Role])),
                    load_default=[],
                    validate=[Length(0, 20), _unique],
                ),
                "by_superior": fields.Boolean(load_default=False),
            },
        ),
        check=_check_breaches,
        facts=frozenset(),
        merges=frozenset({Merge.ADDITIVE}),
    ),
    **PRINTING,
    **BOOK_SECTIONS,
    **penalty_roles(Role, by_hand=False),
    **SIGN_OFFS,
    **policy_daily_checks.SECTIONS,
    **policy_assignment.SECTIONS,
}
