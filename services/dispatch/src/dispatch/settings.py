"""Everything that may differ between two deployments of dispatch, read once at start."""

from typing import ClassVar

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Dispatch has no settings of its own: prefix ``DISPATCH_``, names as in ServiceSettings."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys",)
