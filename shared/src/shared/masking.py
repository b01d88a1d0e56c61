"""Personal data for those who may not see it: its owner recognises it, nobody else can use it."""

HIDDEN = "****"


def phone(number: str) -> str:
    """``13812345678`` becomes ``138****5678``; a number of less than 8 digits is hidden whole."""
    if sum(char.isdigit() for char in number) < 8:
        return HIDDEN
    head = 6 if number.startswith("+86") else 3
    return f"{number[:head]}{HIDDEN}{number[-4:]}"


def name(full: str) -> str:
    """The first character stays; the length of the rest is told for short names alone."""
    return full[:1] + "*" * min(len(full) - 1, 3) if full else ""


def email(address: str) -> str:
    """``lihua@example.com`` becomes ``l****@example.com``; what is no address is hidden whole."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}{HIDDEN}@{domain}" if local and at and domain else HIDDEN
