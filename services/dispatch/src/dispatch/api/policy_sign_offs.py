"""How a pack says how clients sign."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from dispatch.domain.sign_offs import SignOffRule
from shared.file_types import LARGEST_KIB, MediaType
from shared.policy import Merge, Section
from shared.web.bodies import BODY_LIMIT

# A drawing travels in JSON, in base64, with a name and some more beside it.
DRAWING_KIB = BODY_LIMIT * 5 // 8 // 1024
PHOTOGRAPHS = frozenset(MediaType) - {MediaType.PDF}


def _whole(most: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=Range(1, most))


class SignOffRuleSchema(Schema):
    """Times in hours, sizes in KiB (WO-14)."""

    hours = _whole(31 * 24)
    tries = _whole(100)
    drawing_kib = _whole(DRAWING_KIB)
    photograph_types = fields.List(
        fields.Enum(MediaType, by_value=True, validate=lambda one: one in PHOTOGRAPHS),
        required=True,
        validate=Length(1, len(PHOTOGRAPHS)),
    )
    photographs = _whole(20)
    photograph_kib = _whole(LARGEST_KIB)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SignOffRule:
        return SignOffRule(**{**data, "photograph_types": tuple(data["photograph_types"])})


SIGN_OFFS: Mapping[str, Section] = {
    "sign_off": Section(
        schema=SignOffRuleSchema(), facts=frozenset(), merges=frozenset({Merge.REPLACE})
    ),
}
