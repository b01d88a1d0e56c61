"""What an agent may have written to a contact in the words of a script (SC-11, SC-12)."""

from collections.abc import Mapping
from dataclasses import dataclass

from notify.domain.catalogue import NONE
from notify.domain.messages import Purpose, Urgency
from notify.domain.template_words import TEMPLATES
from shared.rules import Because, Invalid

RECIPIENT = "name"  # The word that is known without the agent.


@dataclass(frozen=True, kw_only=True)
class ScriptRule:
    """In which words, over which channels and for how many hours a script is worth sending."""

    template: str
    urgency: Urgency
    channels: tuple[str, ...]
    valid_hours: int
    purpose: Purpose = Purpose.SERVICE


class ScriptVariablesUnfit(Invalid):
    """Words that the script needs are missing, or there are others that it has no use for."""

    code = "script_variables_unfit"


def check_variables(template: str, given: Mapping[str, str], because: Because) -> None:
    """Raises ScriptVariablesUnfit, which names each."""
    wanted = TEMPLATES[template] - {RECIPIENT}
    errors = {
        **{word: ["This script needs it."] for word in sorted(wanted - given.keys())},
        **{word: ["This script has no use for it."] for word in sorted(given.keys() - wanted)},
        **{word: ["Says nothing."] for word, said in given.items() if said.strip() in ("", NONE)},
    }
    if errors:
        raise ScriptVariablesUnfit(
            "These are not the words of the script.", because=because, errors=errors
        )
