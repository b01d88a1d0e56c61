"""What is taken in from the public, and in which words its customers are told how it goes."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK
from complaint.domain.intake import Complainant
from complaint.domain.public_intake import PublicIntake
from complaint.domain.tracking import STATUSES, Status, StatusWords
from shared.policy import Fault, Rule, Section

NAMES = frozenset(status.value for status in Status)


def _hourly() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=Range(min=1, max=100_000))


class PublicIntakeSchema(Schema):
    """What customers file by themselves, and how much an hour is taken (CP-01, PT-20)."""

    kinds = fields.List(
        fields.String(validate=OneOf(list(STATUSES))), required=True, validate=AT_LEAST_ONE
    )
    complainants = fields.List(
        fields.Enum(Complainant, by_value=True), required=True, validate=AT_LEAST_ONE
    )
    hourly_of_address = _hourly()
    hourly_of_unit = _hourly()
    hourly_of_case = _hourly()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PublicIntake:
        sets = {name: frozenset(data[name]) for name in ("kinds", "complainants")}
        return PublicIntake(**{**data, **sets})


class StatusWordsSchema(Schema):
    """A status in plain words (PT-26)."""

    zh = fields.String(required=True, validate=Length(1, 200))
    en = fields.String(required=True, validate=Length(1, 200))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> StatusWords:
        return StatusWords(**data)


def _check_statuses(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Every status has its words."""
    named = {str(one) for rule in rules for one in rule.when.get("status", ())}
    for position, rule in enumerate(rules):
        if not set(map(str, rule.when.get("status", ()))):
            yield Fault(f"{position}.when.status", f"Say which of {', '.join(sorted(NAMES))}.")
    if named != NAMES:
        yield Fault("", f"Say something for each of {', '.join(sorted(NAMES))} alone.")


SECTIONS = {
    "public_intake": Section(schema=PublicIntakeSchema(), facts=frozenset(), merges=ONE_PACK),
    "status_words": Section(
        schema=StatusWordsSchema(),
        facts=frozenset({"status"}),
        merges=ONE_PACK,
        check=_check_statuses,
    ),
}
