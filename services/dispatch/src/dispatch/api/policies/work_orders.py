"""The sections on work orders, from who gives them out to what a broken rule costs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Range, Regexp

from dispatch.api.policies.values import A_MONTH, one, role, roles, several, unique, values, whole
from dispatch.domain.breaches import BreachRule, Code, Liable
from dispatch.domain.deadlines import BY_THE_ORDER, Awaited, ClockRule, TimeUnit
from dispatch.domain.field_times import OfflineRule
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

FOUND = (Code.ITEM_BLANK, Code.LATE_UNREPORTED, Code.PAGE_LOST)


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


SECTIONS: Mapping[str, Section] = {
    "dispatching": one(values(RoleRule, {"roles": roles()})),
    "receiving": one(values(RoleRule, {"roles": roles()})),
    "issuing": one(
        values(IssueRule, {"mandatory": several(fields.Enum(Field, by_value=True))}),
        _check_mandatory,
    ),
    "numbering": one(values(NumberRule, {"width": whole(1, 12)})),
    "accepting": one(
        values(AcceptanceRule, {"precision": fields.Enum(Precision, by_value=True, required=True)})
    ),
    "completing": one(
        values(
            CompletionRule,
            {
                "needs": several(fields.Enum(Need, by_value=True)),
                "signed_by": fields.List(
                    fields.Enum(Kind, by_value=True),
                    load_default=tuple(Kind),
                    validate=[Length(1, len(Kind)), unique],
                ),
            },
        )
    ),
    "closing": one(
        values(
            ClosingRule,
            {
                "roles": roles(),
                "steps": several(fields.Enum(ClosingStep, by_value=True)),
                "call_back_by": several(fields.String(validate=Length(1, 40))),
            },
        ),
        _check_steps,
    ),
    "intake": one(
        values(
            IntakeRule,
            {
                "roles": roles(),
                "search_again_minutes": whole(1, 1440),
            },
        )
    ),
    "deciding": one(values(DecidingRole, {"roles": roles()})),
    "clocks": Section(
        schema=values(
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
    "offline": one(values(OfflineRule, {"trust_hours": whole(0, 168)})),
    "paper_mode": one(values(PaperRule, {"allowed": fields.Boolean(required=True)})),
    "breaches": Section(
        schema=values(
            BreachRule,
            {
                "code": fields.String(required=True, validate=Regexp(r"[a-z][a-z_]{0,39}\Z")),
                "liable": fields.Enum(Liable, by_value=True, required=True),
                "amount": fields.Decimal(
                    required=True, places=2, validate=Range(0, 100_000, min_inclusive=False)
                ),
                "per": fields.Enum(Per, by_value=True, load_default=Per.OCCURRENCE),
                "roles": fields.List(
                    role(),
                    load_default=[],
                    validate=[Length(0, 20), unique],
                ),
                "by_superior": fields.Boolean(load_default=False),
            },
        ),
        check=_check_breaches,
        facts=frozenset(),
        merges=frozenset({Merge.ADDITIVE}),
    ),
}
