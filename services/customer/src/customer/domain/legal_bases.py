"""Why the law allows, or demands, that a third party is told of a customer (CF-09)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LegalBasis:
    """A ground that stands in for the customer's consent, by its code."""

    basis: str
    ground: str
