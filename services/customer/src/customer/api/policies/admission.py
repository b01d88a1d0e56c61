"""The sections that say who is admitted and entered, and what stands before a dealing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length

from customer.api.policies.forms import ONE_PACK, code, title
from customer.domain.admission import EntryFlow
from customer.domain.admission_conditions import AdmissionCondition
from customer.domain.entry import AdmittedBy, EntryDuty
from customer.domain.gates import Gate, GateRule, Purpose
from shared.policy import Fault, Merge, Rule, Section

MOST_STEPS = 20
MOST_DOCUMENTS = 20


def codes(least: int, most: int, **options: Any) -> fields.List[str]:
    """Names that other values refer to, none of them twice."""
    return fields.List(code(), validate=[Length(least, most), _once], **options)


def _once(names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise ValidationError("A name stands in the list twice.")


class EntryDutySchema(Schema):
    """What is asked of a kind of customers (K-12)."""

    requires_admission = fields.Boolean(required=True)
    requires_entry = fields.Boolean(required=True)
    admitted_by = fields.Enum(AdmittedBy, by_value=True, load_default=AdmittedBy.CONDITIONS)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> EntryDuty:
        return EntryDuty(**data)


class EntryFlowSchema(Schema):
    """The steps on the way to the review, and the grade that comes before the entry (AD-10)."""

    steps = codes(1, MOST_STEPS, required=True)
    grade_scheme = code(load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> EntryFlow:
        return EntryFlow(steps=tuple(data["steps"]), grade_scheme=data["grade_scheme"])


class AdmissionConditionSchema(Schema):
    """A condition of admission, and the kinds of documents that show it (AD-02 to AD-07)."""

    condition = code(required=True)
    title = title(required=True)
    evidence = codes(0, MOST_DOCUMENTS, load_default=list)
    per_product = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> AdmissionCondition:
        return AdmissionCondition(**{**data, "evidence": tuple(data["evidence"])})


class GateRuleSchema(Schema):
    """A gate before purposes (K-35). The blacklist stands before everything anyway."""

    gate = fields.Enum(Gate, by_value=True, required=True)
    purposes = fields.List(
        fields.Enum(Purpose, by_value=True), required=True, validate=Length(1, len(Purpose))
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> GateRule:
        return GateRule(gate=data["gate"], purposes=tuple(data["purposes"]))


def _check_conditions(rules: Sequence[Rule]) -> Iterable[Fault]:
    """A condition that follows one of the same name which always holds is never looked at."""
    always: set[str] = set()
    for number, rule in enumerate(rules):
        if rule.value.condition in always:
            yield Fault(f"{number}.value.condition", "An earlier rule of that condition hides it.")
        if not rule.when:
            always.add(rule.value.condition)


def _condition(condition: AdmissionCondition) -> str:
    return condition.condition


KIND = frozenset({"kind"})
SECTIONS: Mapping[str, Section] = {
    "entry_duties": Section(schema=EntryDutySchema(), facts=KIND, merges=ONE_PACK),
    "entry_flow": Section(schema=EntryFlowSchema(), facts=frozenset(), merges=ONE_PACK),
    # What several packs ask for adds up; of one condition the first pack decides.
    "admission_conditions": Section(
        schema=AdmissionConditionSchema(),
        facts=frozenset({"kind", "product"}),
        merges=ONE_PACK,
        check=_check_conditions,
        key=_condition,
    ),
    "gates": Section(schema=GateRuleSchema(), facts=KIND, merges=frozenset({Merge.ADDITIVE})),
}
