"""What staff says on the telephone, and how it behaves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates
from marshmallow.validate import Length, Regexp

from complaint.api.policies.forms import ONE_PACK, SIDE_BY_SIDE, number
from complaint.domain.scripts import Conduct, Direction, Script, Situation
from shared.placeholders import has_stray_brace
from shared.policy import Fault, Rule, Section

CODE = Regexp(r"[a-z][a-z_]{0,59}\Z")


class ScriptSchema(Schema):
    """What is said in one situation of a call; gaps are ``{word}`` (SC-01..SC-15)."""

    code = fields.String(required=True, validate=CODE)
    direction = fields.Enum(Direction, by_value=True, required=True)
    step = number()
    situation = fields.Enum(Situation, by_value=True, required=True)
    text = fields.String(required=True, validate=Length(1, 500))

    @validates("text")
    def _no_stray_brace(self, text: str, **_: Any) -> None:
        if has_stray_brace(text):
            raise ValidationError("A brace that belongs to no placeholder.")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Script:
        return Script(**data)


class ConductSchema(Schema):
    """How to behave on every call (SC-00)."""

    text = fields.String(required=True, validate=Length(1, 500))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Conduct:
        return Conduct(**data)


def _check_scripts(rules: Sequence[Rule]) -> Iterator[Fault]:
    """A code is that of one script."""
    times = Counter(rule.value.code for rule in rules)
    for position, rule in enumerate(rules):
        if times[rule.value.code] > 1:
            yield Fault(f"{position}.value.code", f"{rule.value.code} stands here twice.")


SECTIONS = {
    "scripts": Section(
        schema=ScriptSchema(),
        facts=frozenset(),
        merges=ONE_PACK,
        check=_check_scripts,
        key=lambda script: script.code,
    ),
    "conduct": Section(schema=ConductSchema(), facts=frozenset(), merges=SIDE_BY_SIDE),
}
