"""Which files come to a case."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, number
from complaint.domain.attachments import LARGEST, AttachmentRule
from shared.file_types import KIB, MediaType
from shared.policy import Section


class AttachmentRuleSchema(Schema):
    """Which types are taken, how many with a case, and how large one may be in KiB (CP-54)."""

    types = fields.List(fields.Enum(MediaType, by_value=True), required=True, validate=AT_LEAST_ONE)
    most = number()
    largest_kib = fields.Integer(
        required=True, strict=True, validate=Range(min=1, max=LARGEST // KIB)
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> AttachmentRule:
        return AttachmentRule(**{**data, "types": frozenset(data["types"])})


SECTIONS = {
    "attachments": Section(schema=AttachmentRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
