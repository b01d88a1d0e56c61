"""What a unit takes in from the public, without a token (CP-16, PT-20)."""

from dataclasses import dataclass

from complaint.domain.intake import Channel, Complainant
from shared.rules import Invalid, Ruling

CHANNEL = Channel.NETWORK_PLATFORM


@dataclass(frozen=True)
class PublicIntake:
    """Who complains to a unit by himself, and how many complaints an hour it takes: from one
    address, and from everybody; and how many messages an hour about one case."""

    complainants: frozenset[Complainant]
    hourly_of_address: int
    hourly_of_unit: int
    hourly_of_case: int


class ComplainantNotAsked(Invalid):
    """Such a complainant cannot complain by himself: nobody would know who he is."""

    code = "complainant_not_asked"


class IntakeClosed(Invalid):
    """Nobody is there who would get what comes in this way."""

    code = "intake_closed"


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
