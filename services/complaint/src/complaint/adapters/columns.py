"""Column types for values of the domain that a database does not know."""

from collections.abc import Mapping
from typing import Any

from complaint.domain.levels import Reason, Suggestion
from shared.columns import AsJson
from shared.rules import Because


def _suggestion(data: Mapping[str, Any]) -> Suggestion:
    reasons = (
        Reason(one["level"], one["reason"], Because.from_data(one["because"]))
        for one in data["reasons"]
    )
    return Suggestion(data["level"], tuple(reasons))


SuggestionColumn = AsJson(_suggestion)
