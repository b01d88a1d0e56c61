"""The causes of complaints that the packs name, so that they can be counted (RP-13)."""

from dataclasses import dataclass

from shared.rules import Invalid


@dataclass(frozen=True)
class CauseRule:
    """The codes of the causes."""

    codes: tuple[str, ...]


class CauseUnknown(Invalid):
    """The packs that the unit follows name no such cause."""

    code = "cause_unknown"
