"""Everything that may differ between two deployments of complaint, read once at start."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Complaint has no settings of its own: prefix ``COMPLAINT_``, names as in ServiceSettings."""
