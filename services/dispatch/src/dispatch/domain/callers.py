"""Who asks: as much of a request's principal as the use cases need to know."""

from typing import Protocol


class Caller(Protocol):
    """``id`` is the token's subject: the person's id for staff. ``unit`` bounds what is seen."""

    @property
    def id(self) -> str: ...

    @property
    def roles(self) -> frozenset[str]: ...

    @property
    def unit(self) -> str: ...
