"""Everything that may differ between two deployments of customer, read once at start."""

from typing import ClassVar

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Customer has no settings of its own: prefix ``CUSTOMER_``, names as in ServiceSettings."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys", "index_key")
