"""Over which channels a message goes to somebody."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.delivery import SMS
from notify.domain.messages import Message
from notify.domain.sms_lengths import fits
from notify.domain.templates import Template, Wording


def route_of(
    tx: NotifyTransaction, message: Message, contact: Contact, template: Template, said: Wording
) -> tuple[str, ...]:
    """The channels of the message that reach the contact, in his order (CM-04).

    Short messages are left out where the provider has no template on file for it; where it is
    longer than the packs allow, unless nothing else reaches him: the provider then decides.

    Raises UnitUnknown.
    """
    route = contact.channels(message.route)
    if SMS not in route:
        return route
    others = tuple(one for one in route if one != SMS)
    unit = message.org_unit
    if tx.sms_template(message.template, language=template.language, unit=unit) is None:
        return others
    limit = tx.sms_limit(unit)
    return others if others and limit and not fits(said.body, limit.value) else route
