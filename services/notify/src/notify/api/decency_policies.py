"""What a pack says about what is decent, as it is written in it."""

from collections.abc import Iterable, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from notify.domain.decency import CapRule, GuardRule, Over, QuietRule, Recipient, TooLate
from notify.domain.delivery import CHANNELS
from notify.domain.digests import DIGEST_TEMPLATES, DigestRule
from notify.domain.messages import COURTESIES, Purpose, Urgency
from shared.policy import Fault, Merge, Rule, Section


def _each_once(values: list[Any]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError("Something stands here twice.")


class GuardRuleSchema(Schema):
    """Which courtesies a guard stops: what serves work cannot be stopped."""

    purposes = fields.List(
        fields.Enum(Purpose, by_value=True, validate=OneOf(COURTESIES)),
        required=True,
        validate=[Length(1), _each_once],
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> GuardRule:
        return GuardRule(purposes=tuple(data["purposes"]))


class QuietRuleSchema(Schema):
    """``from`` and ``until`` are local time of the recipient; null for both: it is never quiet."""

    starts = fields.Time(required=True, allow_none=True, format="%H:%M", data_key="from")
    ends = fields.Time(required=True, allow_none=True, format="%H:%M", data_key="until")
    rest_days = fields.Boolean(required=True, truthy={True}, falsy={False})
    breaks_through = fields.List(
        fields.Enum(Urgency, by_value=True), required=True, validate=_each_once
    )
    too_late = fields.Enum(TooLate, by_value=True, required=True)

    @validates_schema
    def _both(self, data: dict[str, Any], **_: Any) -> None:
        starts, ends = data.get("starts"), data.get("ends")
        if (starts is None) is not (ends is None) or (starts is not None and starts == ends):
            raise ValidationError("Two times that differ, or null for both.", "until")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> QuietRule:
        return QuietRule(**{**data, "breaks_through": tuple(data["breaks_through"])})


class CapRuleSchema(Schema):
    """How much is said to one person on one day."""

    purposes = fields.List(
        fields.Enum(Purpose, by_value=True), required=True, validate=[Length(1), _each_once]
    )
    most = fields.Integer(required=True, strict=True, validate=Range(1, 1000))
    over = fields.Enum(Over, by_value=True, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> CapRule:
        return CapRule(**{**data, "purposes": tuple(data["purposes"])})


class DigestRuleSchema(Schema):
    """When what is collected is said, and how."""

    at = fields.Time(required=True, format="%H:%M")
    template = fields.String(required=True, validate=OneOf(DIGEST_TEMPLATES))
    channels = fields.List(
        fields.String(validate=OneOf(CHANNELS)), required=True, validate=[Length(1, 10), _each_once]
    )
    valid_hours = fields.Integer(required=True, strict=True, validate=Range(1, 8784))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> DigestRule:
        return DigestRule(**{**data, "channels": tuple(data["channels"])})


def _check_digests(rules: Sequence[Rule]) -> Iterable[Fault]:
    """They are for the staff: what concerns a customer is said to him by itself."""
    for index, rule in enumerate(rules):
        if rule.when.get("recipient") != (Recipient.STAFF.value,):
            yield Fault(f"{index}.when.recipient", "Digests are for the staff.")
        if not rule.when.get("reason"):
            yield Fault(f"{index}.when.reason", "Name the reasons that can wait.")


DECENCY = {
    "guards": Section(
        schema=GuardRuleSchema(), facts=frozenset({"guard"}), merges=frozenset({Merge.REPLACE})
    ),
    "quiet_hours": Section(
        schema=QuietRuleSchema(),
        facts=frozenset({"recipient", "purpose", "reason"}),
        merges=frozenset({Merge.REPLACE}),
    ),
    "digests": Section(
        schema=DigestRuleSchema(),
        check=_check_digests,
        facts=frozenset({"recipient", "reason"}),
        merges=frozenset({Merge.REPLACE}),
    ),
    "caps": Section(
        schema=CapRuleSchema(),
        facts=frozenset({"recipient", "purpose"}),
        merges=frozenset({Merge.REPLACE}),
    ),
}
