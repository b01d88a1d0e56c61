"""Who handles, who reviews, and where a complaint goes that could not be settled."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from complaint.api.policies import forms
from complaint.api.policies.forms import ONE_PACK, number, roles
from complaint.domain.chain import Link, Meeting, Step, Tier, Upgrade, faults
from shared.policy import Fault, Rule, Section


class TierSchema(Schema):
    """A set of roles (CP-09..CP-11); ``owner_first``: whoever cares for the customer (CP-41)."""

    number = forms.number()
    roles = forms.roles()
    every = fields.Boolean(load_default=False)
    owner_first = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _one_way(self, data: dict[str, Any], **_: Any) -> None:
        if data["every"] and data["owner_first"]:
            raise ValidationError("One person of each role, or whoever cares for the customer.")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Tier:
        return Tier(**{**data, "roles": tuple(data["roles"])})


class StepSchema(Schema):
    """How a level is handled, reviewed and filed away (CP-18..CP-21)."""

    level = number()
    tier = number()
    told = fields.List(fields.Integer(strict=True), load_default=list)
    reviewers = roles()
    archivists = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Step:
        told, reviewers = tuple(data["told"]), tuple(data["reviewers"])
        return Step(data["level"], data["tier"], told, reviewers, tuple(data["archivists"]))


class UpgradeSchema(Schema):
    """From which level to which (CP-30)."""

    level = number()
    to = number()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Upgrade:
        return Upgrade(**data)


class MeetingSchema(Schema):
    """From which level to the general manager's meeting (CP-31)."""

    level = number()
    secretaries = roles()
    deciders = roles()

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


def _check_chain(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault(f"{position}.value", why)
    for position, rule in enumerate(rules):
        if rule.when != rules[0].when:
            yield Fault(f"{position}.when", "All links of a chain hold for the same complainants.")


SECTIONS = {
    "chain": Section(
        schema=LinkSchema(),
        facts=frozenset({"complainant"}),
        merges=ONE_PACK,
        check=_check_chain,
    ),
}
