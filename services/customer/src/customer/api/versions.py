"""The version of what a view shows, as its ETag."""

from typing import Protocol, TypeVar

from shared.web.commands import flush
from shared.web.etags import set_version


class Versioned(Protocol):
    version: int


Thing = TypeVar("Thing", bound=Versioned)


def shown(thing: Thing) -> Thing:
    """``thing``, with its version, as it is after the changes of this request, in the answer."""
    flush()
    set_version(thing.version)
    return thing
