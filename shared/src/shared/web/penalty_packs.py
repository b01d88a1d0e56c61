"""How the packs of a service write what breaches cost, and who proposes, decides and posts."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length

from shared.penalties import PenaltyRoles, Per
from shared.policy import Fault, Merge, Rule, Section
from shared.web.money import Money


class AmountsSchema(Schema):
    """A fixed ``amount`` of CNY an occurrence, or a range (ST-31, ST-32)."""

    code = fields.String(required=True, validate=Length(1, 60))
    amount = Money()
    lowest = Money()
    highest = Money()
    per = fields.Enum(Per, by_value=True, load_default=Per.OCCURRENCE)

    @validates_schema(skip_on_field_errors=True)
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if {"amount", "lowest", "highest"} & set(data) not in ({"amount"}, {"lowest", "highest"}):
            raise ValidationError("Say the amount, or the lowest and the highest.")
        if "lowest" in data and data["lowest"] >= data["highest"]:
            raise ValidationError("The lowest amount is not below the highest.")


def ranged(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a penalty rule: a fixed amount is the lowest and the highest."""
    fixed: Decimal | None = data.pop("amount", None)
    return {**({"lowest": fixed, "highest": fixed} if fixed else {}), **data}


def _check_codes(rules: Sequence[Rule]) -> Iterator[Fault]:
    """By its code a penalty is proposed, so no two have the same."""
    seen: set[str] = set()
    for position, rule in enumerate(rules):
        if rule.value.code in seen:
            yield Fault(f"{position}.value.code", "Another penalty has this code.")
        seen.add(rule.value.code)


def penalty_sections(
    rules: Schema, roles: type[StrEnum], *, facts: Collection[str]
) -> dict[str, Section]:
    """The sections ``penalties``, written as ``rules`` says, and ``penalty_roles``, which names
    some of ``roles`` (CP-32)."""
    return {
        "penalties": Section(
            schema=rules,
            facts=frozenset(facts),
            merges=frozenset({Merge.ADDITIVE}),
            check=_check_codes,
        ),
        **penalty_roles(roles, by_hand=True),
    }


def penalty_roles(roles: type[StrEnum], *, by_hand: bool) -> dict[str, Section]:
    """The section ``penalty_roles`` alone, for packs that price breaches in a form of their own;
    ``by_hand`` says whether penalties are proposed by hand, and so by whom."""
    parts = ("proposers", "deciders", "posters") if by_hand else ("deciders", "posters")
    replace = frozenset({Merge.REPLACE})
    section = Section(schema=_roles_schema(roles, parts), facts=frozenset(), merges=replace)
    return {"penalty_roles": section}


class _RolesSchema(Schema):
    """Who proposes, decides and posts penalties (CP-32)."""

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PenaltyRoles:
        return PenaltyRoles(**{name: tuple(found) for name, found in data.items()})


def _roles_schema(roles: type[StrEnum], parts: Sequence[str]) -> Schema:
    one = fields.Enum(roles, by_value=True)
    members: dict[str, fields.Field[Any]] = {
        name: fields.List(one, required=True, validate=Length(min=1)) for name in parts
    }
    schema: type[Schema] = _RolesSchema.from_dict(members)
    return schema()
