"""Everything that may differ between two deployments of dispatch, read once at start."""

from dataclasses import dataclass
from typing import ClassVar

from shared.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Prefix ``DISPATCH_``. ``public_url`` is where the phones of clients reach this service: the
    http or https address that stands in front of ``/v1``."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys", "index_key")

    public_url: str = "http://127.0.0.1:8080/dispatch"
