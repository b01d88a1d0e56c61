"""The event types that other systems may subscribe to.

``event_types.json`` is made from the contracts by ``make contracts``: all that are not private.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def event_types() -> Mapping[str, str]:
    """Titles by type, in order of type."""
    text = files(__package__).joinpath("event_types.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
