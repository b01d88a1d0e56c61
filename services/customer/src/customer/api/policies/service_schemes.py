"""The section that binds classes of customers to service schemes."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, post_load

from customer.api.policies.forms import ONE_PACK, code, title
from customer.api.policies.gradings import codes
from customer.domain.service_schemes import ServiceScheme
from shared.policy import Section


class ServiceSchemeSchema(Schema):
    """How customers of a class are served (CL-42)."""

    scheme = code(required=True)
    title = title(required=True)
    package = codes()
    channels = codes()
    offers = codes()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ServiceScheme:
        lists = {name: tuple(data[name]) for name in ("package", "channels", "offers")}
        return ServiceScheme(**{**data, **lists})


def _scheme(value: ServiceScheme) -> str:
    return value.scheme


SECTIONS: Mapping[str, Section] = {
    # Schemes of several packs hold side by side; of one scheme the first pack decides.
    "service_schemes": Section(
        schema=ServiceSchemeSchema(),
        facts=frozenset({"kind", "grade", "industry", "region"}),
        merges=ONE_PACK,
        key=_scheme,
    ),
}
