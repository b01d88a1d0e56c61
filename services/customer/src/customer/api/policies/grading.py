"""The sections that grade a customer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, amount, code, days
from customer.api.policies.grade_schemes import SECTIONS as SCHEMES
from customer.api.policies.gradings import SECTIONS as GRADINGS
from customer.api.policies.stage_reviews import SECTIONS as FOLLOWING
from customer.domain.grading import (
    IndustryClass,
    SizeBand,
    SizeClass,
    TenureBand,
    TenureClass,
    ValueBand,
    faults,
)
from shared.policy import Fault, Rule, Section

LONGEST_TENURE = 200  # years
MOST_INDUSTRIES = 200
MOST_ORDERS = 1_000_000


class SizeBandSchema(Schema):
    """The amounts of one size class (CL-01..CL-03); a band without ``below`` has no end."""

    size_class = fields.Enum(SizeClass, by_value=True, required=True)
    at_least = amount(required=True)
    below = amount(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SizeBand:
        return SizeBand(**data)


class IndustryClassSchema(Schema):
    """The industries of one class (CL-04); the class of all others names none."""

    grade = code(required=True)
    industries = fields.List(
        fields.String(validate=Length(1, 80)),
        load_default=list,
        validate=Length(max=MOST_INDUSTRIES),
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IndustryClass:
        industries = frozenset(one.strip().casefold() for one in data["industries"])
        return IndustryClass(data["grade"], industries)


class TenureBandSchema(Schema):
    """One class of tenure (CL-05, CL-06), in years."""

    grade = fields.Enum(TenureClass, by_value=True, required=True)
    over_years = fields.Integer(strict=True, validate=Range(0, LONGEST_TENURE), load_default=None)
    below_years = fields.Integer(strict=True, validate=Range(0, LONGEST_TENURE), load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> TenureBand:
        return TenureBand(**data)


class ValueBandSchema(Schema):
    """What it takes to be of one class of value (CL-36); the best class stands first."""

    grade = code(required=True)
    at_least = amount(load_default=0)
    orders = fields.Integer(strict=True, validate=Range(0, MOST_ORDERS), load_default=0)
    within_days = days(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ValueBand:
        return ValueBand(**data)


def _check_bands(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault("" if position is None else f"{position}.value", why)


def _check_industries(rules: Sequence[Rule]) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, rule in enumerate(rules):
        if seen & rule.value.industries:
            yield Fault(f"{position}.value.industries", "An industry has two classes.")
        seen |= rule.value.industries
    if sum(not rule.value.industries for rule in rules) != 1:
        yield Fault("", "One class takes the industries that no other names.")


def _check_tenure(rules: Sequence[Rule]) -> Iterator[Fault]:
    bands = {rule.value.grade: rule.value for rule in rules}
    over = bands[TenureClass.LONG].over_years if TenureClass.LONG in bands else None
    below = bands[TenureClass.SHORT].below_years if TenureClass.SHORT in bands else None
    if len(bands) != len(rules) or len(bands) != len(TenureClass):
        yield Fault("", "Each class of tenure stands here once.")
    elif over is None or below is None or below > over:
        yield Fault("", "Short ends before long begins, and both say where.")


def _check_values(rules: Sequence[Rule]) -> Iterator[Fault]:
    last = rules[-1].value
    if (last.at_least, last.orders, last.within_days) != (0, 0, None):
        yield Fault("", "The last class takes whoever is left.")
    if len({rule.value.grade for rule in rules}) != len(rules):
        yield Fault("", "A class of value stands here twice.")


NONE: frozenset[str] = frozenset()
SECTIONS: Mapping[str, Section] = {
    **SCHEMES,
    **GRADINGS,
    **FOLLOWING,
    "size": Section(schema=SizeBandSchema(), facts=NONE, merges=ONE_PACK, check=_check_bands),
    "industry_classes": Section(
        schema=IndustryClassSchema(), facts=NONE, merges=ONE_PACK, check=_check_industries
    ),
    "tenure": Section(schema=TenureBandSchema(), facts=NONE, merges=ONE_PACK, check=_check_tenure),
    "value_classes": Section(
        schema=ValueBandSchema(), facts=NONE, merges=ONE_PACK, check=_check_values
    ),
}
