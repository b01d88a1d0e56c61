"""The sections that say who keeps blacklists, how long an entry is valid, and how one leaves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from customer.api.policies.forms import CODE, ONE_PACK, code, role_codes
from customer.domain.blacklist_rules import (
    Authority,
    Grounds,
    Return,
    ReturnGrade,
    Scope,
    Told,
    Validity,
)
from shared.policy import Fault, Rule, Section

LONGEST_VALIDITY = 120  # months
MOST_CODES = 40
GRADE = r"[a-z][a-z0-9_]{0,39}:[a-z][a-z0-9_]{0,39}\Z"


def _codes(form: str = CODE, **options: Any) -> fields.List[Any]:
    return fields.List(fields.String(validate=Regexp(form)), **options)


class AuthoritySchema(Schema):
    """The roles that keep a list (AD-14)."""

    roles = role_codes(required=True, least=1)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Authority:
        return Authority(tuple(data["roles"]))


class ValiditySchema(Schema):
    """For how many months an entry is valid (AD-17); null is without end."""

    months = fields.Integer(
        required=True, allow_none=True, strict=True, validate=Range(1, LONGEST_VALIDITY)
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Validity:
        return Validity(**data)


class GroundsSchema(Schema):
    """The reasons for which a customer gets on a list, and what he has to hold (AD-20)."""

    reasons = _codes(required=True, validate=Length(1, MOST_CODES))
    grades = _codes(GRADE, load_default=list, validate=Length(max=MOST_CODES))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Grounds:
        return Grounds(tuple(data["reasons"]), tuple(data["grades"]))


class ReturnSchema(Schema):
    """Who approves a return, after a review of which conditions (AD-18)."""

    company_leaders = role_codes(required=True, least=1)
    department_leaders = role_codes(required=True, least=1)
    conditions = _codes(required=True, validate=Length(1, MOST_CODES))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Return:
        if set(data["company_leaders"]) & set(data["department_leaders"]):
            raise ValueError("A role approves for one side alone.")
        if len(set(data["conditions"])) < len(data["conditions"]):
            raise ValueError("A condition stands here twice.")
        return Return(**{name: tuple(value) for name, value in data.items()})


class ReturnGradeSchema(Schema):
    """The grade with which a customer comes back (AD-19)."""

    scheme = code(required=True)
    grade = code(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReturnGrade:
        return ReturnGrade(**data)


class ToldSchema(Schema):
    """The roles that are told of entries (AD-15, AD-21)."""

    roles = role_codes(required=True, least=1)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Told:
        return Told(tuple(data["roles"]))


def _check_scopes(rules: Sequence[Rule]) -> Iterable[Fault]:
    """A rule that names a list which nobody keeps would never be asked for."""
    for index, rule in enumerate(rules):
        if not set(rule.when.get("scope", ())) <= set(Scope):
            yield Fault(f"{index}.when.scope", "The lists are department and company.")


def _section(schema: Schema) -> Section:
    return Section(schema=schema, facts=frozenset({"scope"}), merges=ONE_PACK, check=_check_scopes)


SECTIONS: Mapping[str, Section] = {
    "blacklist_authority": _section(AuthoritySchema()),
    "blacklist_validity": _section(ValiditySchema()),
    "blacklist_grounds": _section(GroundsSchema()),
    "blacklist_return": _section(ReturnSchema()),
    "blacklist_notices": _section(ToldSchema()),
    "returning_grade": Section(schema=ReturnGradeSchema(), facts=frozenset(), merges=ONE_PACK),
}
