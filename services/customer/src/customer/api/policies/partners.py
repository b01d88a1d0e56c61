"""The sections of the admission form of partners, of what is looked at on site, and of the office
that keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.policies.forms import ONE_PACK, code, days, role_codes, title
from customer.domain.partner_office import PartnerOffice
from customer.domain.partners import MAIN, CheckItem, FormItem
from shared.policy import Fault, Rule, Section


class FormItemSchema(Schema):
    """One item of the main form or of an annex (F-13)."""

    part = code(required=True)
    item = code(required=True)
    title = title(required=True)
    required = fields.Boolean(load_default=False)
    personal = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FormItem:
        return FormItem(**data)


class PartnerOfficeSchema(Schema):
    """The roles of the office for partners, and how many calendar days before a joint inspection
    it reminds (AD-29)."""

    roles = role_codes(least=1, required=True)
    remind_days_before = days(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PartnerOffice:
        return PartnerOffice(**{**data, "roles": tuple(data["roles"])})


class CheckItemSchema(Schema):
    """One item of the checklist on site (AD-30)."""

    item = code(required=True)
    title = title(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> CheckItem:
        return CheckItem(**data)


def _check_form(rules: Sequence[Rule]) -> Iterable[Fault]:
    if all(rule.value.part != MAIN for rule in rules):
        yield Fault("", "The form has no main part.")


def _place(item: FormItem) -> tuple[str, str]:
    return item.part, item.item


def _item(item: CheckItem) -> str:
    return item.item


NONE: frozenset[str] = frozenset()
SECTIONS: Mapping[str, Section] = {
    "partner_form": Section(
        schema=FormItemSchema(), facts=NONE, merges=ONE_PACK, check=_check_form, key=_place
    ),
    "partner_office": Section(schema=PartnerOfficeSchema(), facts=NONE, merges=ONE_PACK),
    "partner_checklist": Section(schema=CheckItemSchema(), facts=NONE, merges=ONE_PACK, key=_item),
}
