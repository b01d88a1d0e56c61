"""How the values of the sections of care are read, and what is refused in them."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range, Regexp

from notify.api.telling import TellingSchema, each_once
from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.care_rules import (
    APPROVERS,
    AUDIENCE,
    DOERS,
    OWNER,
    Action,
    CareTaskRule,
    GreetingRule,
)
from notify.domain.messages import Purpose
from notify.domain.newsletters import NewsletterRule
from notify.domain.occasions import (
    HOME_LANGUAGE,
    OF_A_FESTIVAL,
    PERSONAL,
    CareDayRule,
    Festival,
    SameDay,
)
from notify.domain.template_words import TEMPLATES
from shared.policy import Fault, Merge, Rule, Section

CODE = re.compile(r"[a-z][a-z_]{0,39}\Z")
OCCASION = Regexp(CODE)
LANGUAGE = Regexp(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")


class DayOfYearSchema(Schema):
    """A day that comes every year, by either calendar."""

    calendar = fields.Enum(BirthdayCalendar, by_value=True, required=True)
    month = fields.Integer(required=True, strict=True, validate=Range(1, 12))
    day = fields.Integer(required=True, strict=True, validate=Range(1, 31))


class FestivalSchema(DayOfYearSchema):
    """A day that everybody keeps (CM-01, CM-06)."""

    code = fields.String(required=True, validate=OCCASION)
    names = fields.Dict(
        keys=fields.String(validate=LANGUAGE),
        values=fields.String(validate=Length(1, 60)),
        required=True,
        validate=Length(1, 20),
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Festival:
        if HOME_LANGUAGE not in data["names"]:
            raise ValidationError(f"Its name in {HOME_LANGUAGE} is missing.", "names")
        return Festival(code=data["code"], names=data["names"], day=day_of_year(data))


class TimingSchema(Schema):
    """When something begins, in the contact's local time, and until when it is worth doing."""

    at = fields.Time(required=True, format="%H:%M")
    grace_hours = fields.Integer(required=True, strict=True, validate=Range(1, 168))


class GreetingRuleSchema(TimingSchema, TellingSchema):
    """When and how an occasion is greeted (CM-01)."""

    purpose = fields.Enum(Purpose, by_value=True, load_default=Purpose.CARE)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> GreetingRule:
        if data["purpose"] is Purpose.SERVICE:
            raise ValidationError("A greeting is no service.", "purpose")
        return GreetingRule(**{**data, "channels": tuple(data["channels"])})


class CareTaskRuleSchema(TimingSchema):
    """What the staff does for an occasion (CM-07)."""

    action = fields.Enum(Action, by_value=True, required=True)
    lead_days = fields.Integer(load_default=0, strict=True, validate=Range(0, 60))
    responsible = fields.List(
        fields.String(validate=OneOf((OWNER, *DOERS))),
        required=True,
        validate=[Length(1, 10), each_once],
    )
    approvers = fields.List(
        fields.String(validate=OneOf(APPROVERS)),
        load_default=list,
        validate=[Length(max=10), each_once],
    )
    amount = fields.Decimal(
        load_default=None, places=2, validate=Range(min=Decimal("0.01"), max=Decimal(1_000_000))
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> CareTaskRule:
        if (data["action"] is Action.GIFT) is (data["amount"] is None):
            raise ValidationError("A gift has an amount, and a call has none.", "amount")
        frozen = {name: tuple(data[name]) for name in ("responsible", "approvers")}
        return CareTaskRule(**{**data, **frozen})


class CareDayRuleSchema(Schema):
    """What is said when several occasions fall on one day."""

    same_day = fields.Enum(SameDay, by_value=True, required=True)
    precedence = fields.List(
        fields.String(validate=OCCASION), load_default=list, validate=[Length(max=60), each_once]
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> CareDayRule:
        return CareDayRule(same_day=data["same_day"], precedence=tuple(data["precedence"]))


LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NewsletterRuleSchema(TellingSchema):
    """How newsletters about a topic are sent (CM-02)."""

    purpose = fields.Enum(Purpose, by_value=True, required=True)
    approvers = fields.List(
        fields.String(validate=OneOf(APPROVERS)),
        load_default=list,
        validate=[Length(max=10), each_once],
    )
    interval_months = fields.Integer(required=True, strict=True, validate=Range(1, 24))
    valid_hours = fields.Integer(required=True, strict=True, validate=Range(1, 8784))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> NewsletterRule:
        if data["purpose"] is Purpose.SERVICE:
            raise ValidationError("A newsletter is no service.", "purpose")
        frozen = {name: tuple(data[name]) for name in ("approvers", "channels")}
        return NewsletterRule(**{**data, **frozen})


def day_of_year(data: dict[str, Any]) -> Birthday:
    """The day that a request or a pack names. Raises ValidationError for one that no year has."""
    day = Birthday(data["calendar"], data["month"], data["day"])
    longest = 30 if day.calendar is BirthdayCalendar.LUNAR else LONGEST[day.month - 1]
    if day.day > longest:
        raise ValidationError("No year has this day.", "day")
    return day


def _check_festivals(rules: Sequence[Rule]) -> Iterable[Fault]:
    for index, rule in enumerate(rules):
        if rule.value.code in PERSONAL:
            yield Fault(f"{index}.value.code", "This is a day of a contact's own.")


def _check_occasions(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each rule says for which occasions it is."""
    for index, rule in enumerate(rules):
        named = rule.when.get("occasion", ())
        if not named or not all(CODE.match(str(one)) for one in named):
            yield Fault(f"{index}.when.occasion", "Name occasions.")


def _check_newsletters(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each rule says for which topics it is, in words that an issue has."""
    for index, rule in enumerate(rules):
        named = rule.when.get("topic", ())
        if not named or not all(CODE.match(str(one)) for one in named):
            yield Fault(f"{index}.when.topic", "Name topics.")
        if not TEMPLATES[rule.value.template] <= {"name", "headline", "text"}:
            yield Fault(f"{index}.value.template", "This template is not for newsletters.")


def _check_greetings(rules: Sequence[Rule]) -> Iterable[Fault]:
    """The words of a greeting are those that each of its occasions has."""
    yield from _check_occasions(rules)
    for index, rule in enumerate(rules):
        for occasion in rule.when.get("occasion", ()):
            words = {"name", *PERSONAL.get(str(occasion), OF_A_FESTIVAL)}
            if not words >= TEMPLATES[rule.value.template]:
                yield Fault(f"{index}.value.template", f"{occasion} lacks words of this template.")


CARE = {
    "festivals": Section(
        schema=FestivalSchema(),
        check=_check_festivals,
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
    "greetings": Section(
        schema=GreetingRuleSchema(),
        check=_check_greetings,
        facts=frozenset({"occasion"}) | AUDIENCE,
        merges=frozenset({Merge.REPLACE}),
    ),
    "care_tasks": Section(
        schema=CareTaskRuleSchema(),
        check=_check_occasions,
        facts=frozenset({"occasion"}) | AUDIENCE,
        merges=frozenset({Merge.REPLACE}),
        key=lambda rule: rule.action,
    ),
    "newsletters": Section(
        schema=NewsletterRuleSchema(),
        check=_check_newsletters,
        facts=frozenset({"topic"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
    "care_days": Section(
        schema=CareDayRuleSchema(),
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE}),
    ),
}
