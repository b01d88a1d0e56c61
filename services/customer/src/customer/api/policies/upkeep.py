"""The sections that say how files are kept up: major changes, numbers, copies, links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from customer.api.policies.forms import ONE_PACK, code, role
from customer.domain.change_notices import MajorChangeRule
from customer.domain.file_numbers import FileCategory, faults
from customer.domain.file_operations import SelfCheck
from customer.domain.owners import AdvisorRule, LinkRule
from customer.domain.snapshots import SnapshotRule
from customer.domain.status_cases import CaseKind, StatusChange
from shared.policy import Fault, Rule, Section

LONGEST = 60  # working days, or months
FILE_CODE = r"[A-Z0-9]{1,10}\Z"


class MajorChangeRuleSchema(Schema):
    """Working days in which a file follows a major change, and who is told at once (CF-07)."""

    working_days = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST))
    tell_role = role(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> MajorChangeRule:
        return MajorChangeRule(**data)


class StatusChangeSchema(Schema):
    """Which documents are verified anew after such a change (CF-34)."""

    case = fields.Enum(CaseKind, by_value=True, required=True)
    documents = fields.List(code(), required=True, validate=Length(min=1))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> StatusChange:
        return StatusChange(data["case"], tuple(data["documents"]))


class FileCategorySchema(Schema):
    """The code that begins the numbers of a category's files (CF-25)."""

    category = code(required=True)
    code = fields.String(required=True, validate=Regexp(FILE_CODE))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FileCategory:
        return FileCategory(**data)


class SnapshotRuleSchema(Schema):
    """Every how many months files are archived (CF-35); zero months are none."""

    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SnapshotRule:
        return SnapshotRule(**data)


class LinkRuleSchema(Schema):
    """By how many contacts and persons of ours a customer is known at least (CF-22)."""

    min_links = fields.Integer(required=True, strict=True, validate=Range(1, 10))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LinkRule:
        return LinkRule(**data)


class AdvisorRuleSchema(Schema):
    """How many advisors a customer has at most (CF-23)."""

    most = fields.Integer(required=True, strict=True, validate=Range(1, 10))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> AdvisorRule:
        return AdvisorRule(**data)


class SelfCheckSchema(Schema):
    """Whether whoever fills a file in has to have checked it himself (CF-42)."""

    required = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SelfCheck:
        return SelfCheck(**data)


def _check_codes(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault(f"{position}.value.code", why)


GRADE = frozenset({"grade"})
SECTIONS: Mapping[str, Section] = {
    "file_major_change": Section(
        schema=MajorChangeRuleSchema(), facts=frozenset(), merges=ONE_PACK
    ),
    "status_changes": Section(schema=StatusChangeSchema(), facts=frozenset(), merges=ONE_PACK),
    "file_categories": Section(
        schema=FileCategorySchema(),
        facts=frozenset({"kind"}),
        merges=ONE_PACK,
        check=_check_codes,
    ),
    "file_snapshots": Section(schema=SnapshotRuleSchema(), facts=GRADE, merges=ONE_PACK),
    "file_links": Section(schema=LinkRuleSchema(), facts=frozenset(), merges=ONE_PACK),
    "advisors": Section(schema=AdvisorRuleSchema(), facts=GRADE, merges=ONE_PACK),
    "file_self_check": Section(schema=SelfCheckSchema(), facts=frozenset(), merges=ONE_PACK),
}
