"""Everything that may differ between two deployments of complaint, read once at start."""

from typing import ClassVar

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Complaint has no settings of its own: prefix ``COMPLAINT_``, names as in ServiceSettings."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys", "index_key")
