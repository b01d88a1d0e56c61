"""Write to a contact in the words of a script, at the wish of an agent (SC-11, SC-12)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.messages import Intent, Message
from notify.domain.scripts import RECIPIENT, ScriptRule, check_variables
from notify.domain.templates import check_phrases, render
from notify.use_cases.planning import plan
from shared.ids import new_id
from shared.rules import Ruling


def send_script(
    tx: NotifyTransaction,
    contact: Contact,
    *,
    script: str,
    variables: Mapping[str, str],
    unit: str,
) -> Message:
    """Plan the message; each call makes another one, for the key of a command keeps repetitions
    apart. ``unit`` is that of the agent, for a contact who belongs to none.

    Raises PolicyMissing for a script that no pack of the unit has, ScriptVariablesUnfit,
    PhraseBanned, UnitUnknown.
    """
    unit = contact.org_unit or unit
    ruling = tx.script(script, unit=unit)
    _check(tx, contact, ruling, variables, unit=unit)
    intent = Intent(
        reason=script,
        subject=f"contact/{contact.id}",
        occurrence=str(new_id()),
        person_id=contact.id,
        org_unit=unit,
        template=ruling.value.template,
        urgency=ruling.value.urgency,
        route=ruling.value.channels,
        words=variables,
        because=ruling.because,
        expires_at=tx.now + timedelta(hours=ruling.value.valid_hours),
        customer_id=contact.customer_id,
        purpose=ruling.value.purpose,
    )
    message = cast(Message, plan(tx, intent))  # What has an occurrence of its own is always new.
    tx.record("message.scripted", message.key, script=script, contact_id=contact.id)
    return message


def _check(
    tx: NotifyTransaction,
    contact: Contact,
    ruling: Ruling[ScriptRule],
    variables: Mapping[str, str],
    *,
    unit: str,
) -> None:
    """The agent hears at once what cannot be said."""
    check_variables(ruling.value.template, variables, ruling.because)
    template = tx.templates.best(ruling.value.template, contact.language)
    said = render(template.wording, {**variables, RECIPIENT: contact.name})
    check_phrases(said, tx.banned(unit))
