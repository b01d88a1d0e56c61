"""Addresses in the one form in which they are kept and sent to."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import phonenumbers

from dispatch.domain.people import Address
from shared.rules import Invalid

# Deliberately loose: only sending proves an address; this keeps out what is plainly none.
MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
HOME = "CN"


class AddressInvalid(Invalid):
    """The channel cannot reach anybody at such an address."""

    code = "address_invalid"


def normalised(address: Address) -> Address:
    """The address as it is kept: telephone numbers in E.164, without blanks around it.

    Raises AddressInvalid, which does not repeat the address.
    """
    text = address.address.strip()
    found = CHECKS.get(address.channel, _url)(text)
    if not found:
        raise AddressInvalid(
            f"this is no address for the channel {address.channel}",
            errors={"addresses": [f"{address.channel}: not a valid address"]},
        )
    return Address(address.channel, found)


def _phone(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _mail(text: str) -> str | None:
    return text if MAIL.fullmatch(text) else None


def _url(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def _as_it_is(text: str) -> str | None:
    return text or None


# Webhooks and the robots of groups are reached by a URL.
CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "sms": _phone,
    "smtp": _mail,
    "log": _as_it_is,
}
