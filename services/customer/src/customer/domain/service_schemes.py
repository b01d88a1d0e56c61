"""How customers of a class are served: packages, channels and offers (CL-42)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ServiceScheme:
    """What a pack binds to a class of customers: what they are served with, over which channels,
    and what is offered to them."""

    scheme: str
    title: str
    package: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
