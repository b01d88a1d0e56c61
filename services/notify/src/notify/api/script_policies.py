"""How the section of scripts is read, and what is refused in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Range

from notify.api.telling import TellingSchema
from notify.domain.contacts import STAFF_WORDS
from notify.domain.messages import Purpose
from notify.domain.scripts import ScriptRule
from notify.domain.template_words import TEMPLATES
from shared.policy import Fault, Merge, Rule, Section

NAME = r"[a-z][a-z_]{0,59}"


class ScriptRuleSchema(TellingSchema):
    """How a script is sent that an agent asks for."""

    valid_hours = fields.Integer(required=True, strict=True, validate=Range(1, 8784))
    purpose = fields.Enum(Purpose, by_value=True, load_default=Purpose.SERVICE)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> ScriptRule:
        return ScriptRule(**{**data, "channels": tuple(data["channels"])})


def _check_scripts(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each has a name, and words that an agent can give: texts, no instants and no ids."""
    for index, rule in enumerate(rules):
        named = rule.when.get("script", ())
        if not named or any(not re.fullmatch(NAME, str(one)) for one in named):
            yield Fault(f"{index}.when.script", "Name the script.")
        words = TEMPLATES[rule.value.template]
        if any(word.endswith("_at") or word in (*STAFF_WORDS, "steps") for word in words):
            yield Fault(f"{index}.value.template", "An agent cannot give all words of it.")


SCRIPTS: Mapping[str, Section] = {
    "scripts": Section(
        schema=ScriptRuleSchema(),
        check=_check_scripts,
        facts=frozenset({"script"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
}
