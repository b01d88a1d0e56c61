"""What stands between a customer and a dealing with him, in this order: blacklist, admission,
review of the contract, signature (K-35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from customer.domain.blacklist_rules import CustomerBlacklisted
from shared.rules import Because, RuleBroken, Ruling


class Gate(StrEnum):
    """The gates in the order in which they are passed."""

    BLACKLIST = "blacklist"
    ADMISSION = "admission"
    CONTRACT_REVIEW = "contract_review"
    SIGNATURE = "signature"


class Purpose(StrEnum):
    """For what one asks."""

    ADMISSION = "admission"
    ENTRY = "entry"
    NEGOTIATION = "negotiation"
    CONTRACT = "contract"
    SIGNATURE = "signature"
    BUSINESS = "business"


@dataclass(frozen=True)
class GateRule:
    """A gate that a pack puts before ``purposes``."""

    gate: Gate
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True)
class Passage:
    """Whether one gate is open. ``code`` says why it is closed, ``because`` which clause puts it
    there or opens it; both are None where no pack has a say."""

    gate: Gate
    code: str | None = None
    because: Because | None = None

    @property
    def open(self) -> bool:
        """Whether one may pass."""
        return self.code is None


class NotAdmitted(RuleBroken):
    """The customer is not admitted to the unit (AD-01, AD-27)."""

    code = "not_admitted"


class ContractNotReviewed(RuleBroken):
    """The contract did not pass its review (SO-17)."""

    code = "contract_not_reviewed"


class NoSignedContract(RuleBroken):
    """There is no contract that is signed and holds (AD-04)."""

    code = "no_signed_contract"


CLOSED: dict[Gate, type[RuleBroken]] = {
    Gate.BLACKLIST: CustomerBlacklisted,
    Gate.ADMISSION: NotAdmitted,
    Gate.CONTRACT_REVIEW: ContractNotReviewed,
    Gate.SIGNATURE: NoSignedContract,
}


def demanded(purpose: Purpose, rules: Iterable[Ruling[GateRule]]) -> dict[Gate, Because | None]:
    """The gates before ``purpose`` in their order, each with the clause that puts it there.

    The blacklist comes before everything; what is to be entered has to be admitted before.
    """
    asked: dict[Gate, Because | None] = {Gate.BLACKLIST: None}
    if purpose is Purpose.ENTRY:
        asked[Gate.ADMISSION] = None
    for ruling in rules:
        if purpose in ruling.value.purposes and asked.get(ruling.value.gate) is None:
            asked[ruling.value.gate] = ruling.because
    return {gate: asked[gate] for gate in Gate if gate in asked}
