"""Find the template that a provider of short messages has on file for a message."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.delivery import SMS, Form
from notify.domain.messages import Message
from notify.use_cases.planning import words_of


def form_of(tx: NotifyTransaction, message: Message, contact: Contact) -> Form | None:
    """What the provider is to send; None where the channel sends words of our own, and where the
    packs name no template of the provider's. Raises UnitUnknown."""
    if message.channel != SMS or message.language is None or message.words is None:
        return None
    ruling = tx.sms_template(message.template, language=message.language, unit=message.org_unit)
    if ruling is None:
        return None
    words = words_of(tx, message, contact, message.language)
    values = {one.parameter: words[one.word] for one in ruling.value.values}
    return Form(ruling.value.code, values)
