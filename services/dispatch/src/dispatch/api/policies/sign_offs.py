"""The section on how clients sign (WO-14): times in hours, sizes in KiB."""

from collections.abc import Mapping

from marshmallow import fields

from dispatch.api.policies.values import one, several, values, whole
from dispatch.domain.sign_offs import SignOffRule
from shared.file_types import LARGEST_KIB, MediaType
from shared.policy import Section
from shared.web.bodies import BODY_LIMIT

# A drawing travels in JSON, in base64, with a name and some more beside it.
DRAWING_KIB = BODY_LIMIT * 5 // 8 // 1024
PHOTOGRAPHS = frozenset(MediaType) - {MediaType.PDF}

SECTIONS: Mapping[str, Section] = {
    "sign_off": one(
        values(
            SignOffRule,
            {
                "hours": whole(1, 31 * 24),
                "tries": whole(1, 100),
                "drawing_kib": whole(1, DRAWING_KIB),
                "photograph_types": several(
                    fields.Enum(MediaType, by_value=True, validate=lambda kind: kind in PHOTOGRAPHS)
                ),
                "photographs": whole(1, 20),
                "photograph_kib": whole(1, LARGEST_KIB),
            },
        )
    ),
}
