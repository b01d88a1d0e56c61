"""How the evidence of a benefit is stored as JSON, and read again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from customer.domain.benefits import Evidence
from shared.columns import AsJson


def _evidence(data: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**{**one, "seen_on": date.fromisoformat(one["seen_on"])}) for one in data)


EvidenceColumn = AsJson(_evidence)
