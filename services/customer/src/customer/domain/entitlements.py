"""What a grade entitles its holder to, and what it obliges him to (CL-27 to CL-31)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entitlement:
    """The rights, priorities and obligations of one grade; ``vip_discount`` is a right of its own,
    so that a firm can leave it to its best customers (K-11)."""

    scheme: str
    grade: str
    rights: tuple[str, ...]
    priorities: tuple[str, ...]
    obligations: tuple[str, ...]
    vip_discount: bool
