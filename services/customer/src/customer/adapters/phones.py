"""Telephone numbers in the one form in which they are kept."""

import phonenumbers

from shared.rules import Invalid

HOME = "CN"  # Where a number without a country code is at home.


class PhoneInvalid(Invalid):
    """There is no such telephone number."""

    code = "phone_invalid"


def e164(text: str) -> str:
    """``138 0000 1234`` as ``+8613800001234``. Raises PhoneInvalid, which does not repeat it."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        raise _invalid() from None
    if not phonenumbers.is_valid_number(number):
        raise _invalid()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _invalid() -> PhoneInvalid:
    return PhoneInvalid(
        "There is no such telephone number.", errors={"phone": ["Not a telephone number."]}
    )
