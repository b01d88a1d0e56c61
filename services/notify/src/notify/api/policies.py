"""How the values of notify's policy sections are read, and what is refused in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from notify.api.care_policies import CARE
from notify.api.decency_policies import DECENCY
from notify.api.script_policies import SCRIPTS
from notify.api.telling import TellingSchema, each_once
from notify.domain.catalogue import CATALOGUE, FACTS
from notify.domain.messages import Purpose
from notify.domain.notice_rules import NoticeRule, SmsTemplateRule, SmsValue
from notify.domain.sms_lengths import SmsLimit
from notify.domain.template_words import TEMPLATES
from shared.policy import Fault, Merge, Rule, Section
from shared.policy.phrases import PHRASES

PACKS = ("care", "notices")
REASON = Regexp(r"[a-z][a-z_]{0,59}\Z")


class SmsValueSchema(Schema):
    """What stands for a parameter of the provider's template."""

    parameter = fields.String(required=True, validate=Length(1, 40))
    word = fields.String(required=True, validate=Length(1, 40))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> SmsValue:
        return SmsValue(**data)


class SmsTemplateRuleSchema(Schema):
    """The template that the provider of short messages has on file for one of ours."""

    code = fields.String(required=True, validate=Length(1, 40))
    values = fields.List(
        fields.Nested(SmsValueSchema), load_default=list, validate=[Length(max=20)]
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> SmsTemplateRule:
        return SmsTemplateRule(code=data["code"], values=tuple(data["values"]))


class SmsLimitSchema(Schema):
    """How long short messages may be."""

    segments = fields.Integer(required=True, strict=True, validate=Range(1, 20))
    signature = fields.Integer(required=True, strict=True, validate=Range(0, 40))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> SmsLimit:
        return SmsLimit(**data)


class NoticeRuleSchema(TellingSchema):
    """Who is told of an event."""

    reason = fields.String(required=True, validate=REASON)
    audience = fields.List(fields.String(), required=True, validate=[Length(1, 5), each_once])
    valid_hours = fields.Integer(required=True, strict=True, validate=Range(1, 8784))
    purpose = fields.Enum(Purpose, by_value=True, load_default=Purpose.SERVICE)
    cancels = fields.List(
        fields.String(validate=REASON), load_default=list, validate=[Length(max=20), each_once]
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> NoticeRule:
        frozen = {name: tuple(data[name]) for name in ("audience", "channels", "cancels")}
        return NoticeRule(**{**data, **frozen})


def _check_notices(rules: Sequence[Rule]) -> Iterable[Fault]:
    """A rule may use only what each of its events has."""
    for index, rule in enumerate(rules):
        events = rule.when.get("event", ())
        if not events or not CATALOGUE.keys() >= set(events):
            yield Fault(f"{index}.when.event", "Name events of the catalogue.")
            continue
        for event in events:
            yield from _check_against(str(event), rule, index)


def _check_against(event: str, rule: Rule, index: int) -> Iterable[Fault]:
    entry = CATALOGUE[event]
    if not set(entry.audiences) >= set(rule.value.audience):
        yield Fault(f"{index}.value.audience", f"{event} has {', '.join(entry.audiences)}.")
    if not {"name", *entry.words} >= TEMPLATES[rule.value.template]:
        yield Fault(f"{index}.value.template", f"{event} lacks words of this template.")
    if not {"event", *entry.facts} >= rule.when.keys():
        yield Fault(f"{index}.when", f"{event} has not all of these facts.")


def _check_sms_templates(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each is for known templates, and its parameters take words that all of those have."""
    for index, rule in enumerate(rules):
        named = rule.when.get("template", ())
        if not named or not TEMPLATES.keys() >= set(named):
            yield Fault(f"{index}.when.template", "Name templates that are known.")
            continue
        words = {"name"}.union(*(TEMPLATES[str(one)] for one in named))
        parameters = [one.parameter for one in rule.value.values]
        if len(set(parameters)) < len(parameters):
            yield Fault(f"{index}.value.values", "A parameter stands here twice.")
        if unknown := sorted({one.word for one in rule.value.values} - words):
            yield Fault(f"{index}.value.values", f"Not a word of it: {', '.join(unknown)}.")


SECTIONS = {
    **CARE,
    "notices": Section(
        schema=NoticeRuleSchema(),
        check=_check_notices,
        facts=FACTS,
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
    "sms_templates": Section(
        schema=SmsTemplateRuleSchema(),
        check=_check_sms_templates,
        facts=frozenset({"template", "language"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
    **SCRIPTS,
    "sms_limits": Section(
        schema=SmsLimitSchema(), facts=frozenset(), merges=frozenset({Merge.REPLACE})
    ),
    **DECENCY,
    **PHRASES,
}
