"""Who supervises the handling of complaints, by command."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, post_load

from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.oversight import Oversight
from complaint.domain.states import Command
from shared.policy import Fault, Rule, Section

COMMANDS = frozenset({Command.LOWER_LEVEL.value, Command.REOPEN_CLOSED.value})


class OversightSchema(Schema):
    """Which roles give the command that ``when`` names (CP-49, CP-63)."""

    roles = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Oversight:
        return Oversight(frozenset(data["roles"]))


def _check_commands(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Every rule names its command: one that is misspelt would let nobody in."""
    for position, rule in enumerate(rules):
        named = {str(one) for one in rule.when.get("command", ())}
        if not named or named - COMMANDS:
            yield Fault(f"{position}.when.command", f"Say which of {', '.join(sorted(COMMANDS))}.")


SECTIONS = {
    "oversight": Section(
        schema=OversightSchema(),
        facts=frozenset({"command"}),
        merges=ONE_PACK,
        check=_check_commands,
    ),
}
