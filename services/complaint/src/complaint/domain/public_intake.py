"""What a unit takes in from the public, without a token (CP-16, PT-20)."""

from dataclasses import dataclass

from complaint.domain.intake import Channel, Complainant
from shared.rules import Invalid, RuleBroken, Ruling

CHANNEL = Channel.NETWORK_PLATFORM
SHORTEST_KEY = 22  # 128 bits in base64


@dataclass(frozen=True)
class PublicIntake:
    """Which kinds of case customers file by themselves, who complains, and how many cases an hour
    are taken: from one address, and for a unit; and how many messages an hour about one case."""

    kinds: frozenset[str]
    complainants: frozenset[Complainant]
    hourly_of_address: int
    hourly_of_unit: int
    hourly_of_case: int


class ComplainantNotAsked(Invalid):
    """Such a complainant cannot complain by himself: nobody would know who he is."""

    code = "complainant_not_asked"


class IntakeClosed(Invalid):
    """The unit takes no such thing in this way, or nobody is there who would get it."""

    code = "intake_closed"


class KeyWeak(RuleBroken):
    """Somebody else could hit upon the ``Idempotency-Key``, and be taken for the same customer."""

    code = "idempotency_key_weak"
    status = 400


class KeyReused(Invalid):
    """The ``Idempotency-Key`` stands for another filing."""

    code = "idempotency_key_reused"


def check_complainant(complainant: Complainant, *, rule: Ruling[PublicIntake]) -> None:
    """Raises ComplainantNotAsked."""
    if complainant not in rule.value.complainants:
        raise ComplainantNotAsked(
            f"A {complainant} turns to the staff.",
            because=rule.because,
            allowed=sorted(rule.value.complainants),
        )


def check_key(key: str) -> None:
    """Raises KeyWeak."""
    if len(key) < SHORTEST_KEY:
        raise KeyWeak(f"Take a random key of at least {SHORTEST_KEY} characters.")
