"""The sections of this service's packs: how their values are written, and what is refused."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from complaint.domain.chain import Link, Meeting, Step, Tier, Upgrade, faults
from complaint.domain.first_contact import FirstContactRule, Unit
from complaint.domain.intake import IntakeRule, Subject
from complaint.domain.levels import LevelRow
from complaint.domain.satisfaction import Choice, Scale, Verdict
from complaint.domain.staff import Role
from shared.policy import Fault, Merge, Rule, Section
from shared.working_time import CountMode

AT_LEAST_ONE = Length(min=1)


def _number(**options: Any) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=Range(min=1, max=99), **options)


def _roles() -> fields.List[Role]:
    role = fields.Enum(Role, by_value=True)
    return fields.List(role, required=True, validate=AT_LEAST_ONE)


class IntakeRuleSchema(Schema):
    """About what a kind of complainant may complain (CP-07, CP-08)."""

    subjects = fields.List(
        fields.Enum(Subject, by_value=True), required=True, validate=AT_LEAST_ONE
    )
    respondent_required = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IntakeRule:
        return IntakeRule(frozenset(data["subjects"]), data["respondent_required"])


class LevelRowSchema(Schema):
    """One row of the decision table of the levels (CP-13..CP-15)."""

    level = _number()
    reason = fields.String(required=True, validate=Length(1, 80))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LevelRow:
        return LevelRow(**data)


class TierSchema(Schema):
    """A set of roles (CP-09..CP-11)."""

    number = _number()
    roles = _roles()
    every = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Tier:
        return Tier(**{**data, "roles": tuple(data["roles"])})


class StepSchema(Schema):
    """How a level is handled, reviewed and filed away (CP-18..CP-21)."""

    level = _number()
    tier = _number()
    told = fields.List(fields.Integer(strict=True), load_default=list)
    reviewers = _roles()
    archivists = _roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Step:
        told, reviewers = tuple(data["told"]), tuple(data["reviewers"])
        return Step(data["level"], data["tier"], told, reviewers, tuple(data["archivists"]))


class UpgradeSchema(Schema):
    """From which level to which (CP-30)."""

    level = _number()
    to = _number()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Upgrade:
        return Upgrade(**data)


class MeetingSchema(Schema):
    """From which level to the general manager's meeting (CP-31)."""

    level = _number()
    secretaries = _roles()
    deciders = _roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Meeting:
        return Meeting(data["level"], tuple(data["secretaries"]), tuple(data["deciders"]))


class LinkSchema(Schema):
    """One link of the chain: exactly one of a tier, a step, an upgrade or a meeting."""

    tier = fields.Nested(TierSchema)
    step = fields.Nested(StepSchema)
    upgrade = fields.Nested(UpgradeSchema)
    meeting = fields.Nested(MeetingSchema)

    @validates_schema(skip_on_field_errors=True)
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if len(data) != 1:
            raise ValidationError("Say one of tier, step, upgrade and meeting.")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Link:
        (link,) = data.values()
        made: Link = link
        return made


class FirstContactRuleSchema(Schema):
    """Within how much working time the first contact is due (CP-02, CP-17)."""

    within = _number()
    unit = fields.Enum(Unit, by_value=True, required=True)
    count_mode = fields.Enum(CountMode, by_value=True, load_default=CountMode.END_OF_DAY)
    hard = fields.Boolean(required=True)
    warn_hours = fields.Integer(required=True, strict=True, validate=Range(min=0, max=99))
    supervisor_tier = _number()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FirstContactRule:
        return FirstContactRule(**data)


class ChoiceSchema(Schema):
    """One answer of a scale."""

    code = fields.Integer(required=True, strict=True, validate=Range(min=0, max=99))
    meaning = fields.String(required=True, validate=Length(1, 40))
    normalised = fields.Integer(required=True, strict=True, validate=Range(min=0, max=100))


class ScaleSchema(Schema):
    """The answers that a complainant can give (CP-28, K-08)."""

    scale = fields.String(required=True, validate=Length(1, 40))
    choices = fields.List(fields.Nested(ChoiceSchema), required=True, validate=Length(min=2))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Scale:
        choices = {
            one["code"]: Choice(one["meaning"], one["normalised"]) for one in data["choices"]
        }
        if len(choices) < len(data["choices"]):
            raise ValueError("A code stands for two answers.")
        return Scale(data["scale"], choices)


class VerdictSchema(Schema):
    """Whether an answer completes the complaint (CP-29, CP-30)."""

    accepted = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Verdict:
        return Verdict(**data)


def _check_chain(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault(f"{position}.value", why)


ONE_PACK = frozenset({Merge.REPLACE})
SIDE_BY_SIDE = frozenset({Merge.ADDITIVE})

SECTIONS = {
    "intake": Section(schema=IntakeRuleSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK),
    "levels": Section(
        schema=LevelRowSchema(),
        facts=frozenset({"complainant", "about", "reported_to_12315", "repeat"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
    "chain": Section(schema=LinkSchema(), facts=frozenset(), merges=ONE_PACK, check=_check_chain),
    "first_contact": Section(
        schema=FirstContactRuleSchema(),
        facts=frozenset({"level", "complainant"}),
        merges=SIDE_BY_SIDE,
    ),
    "satisfaction": Section(schema=ScaleSchema(), facts=frozenset(), merges=ONE_PACK),
    "closure": Section(schema=VerdictSchema(), facts=frozenset({"answer"}), merges=ONE_PACK),
}
