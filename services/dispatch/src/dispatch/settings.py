"""Everything that may differ between two deployments of dispatch, read once at start."""

from dataclasses import dataclass
from typing import ClassVar

from shared.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Prefix ``DISPATCH_``. ``public_url`` is where the phones of clients reach this service: the
    http or https address that stands in front of ``/v1``. ``font_paths`` are the folders of the
    fonts that orders are printed in, divided by the operating system's sign (``:``); by default
    that of Debian's fonts-noto-cjk."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field_keys", "index_key")

    public_url: str = "http://127.0.0.1:8080/dispatch"
    font_paths: str = "/usr/share/fonts/opentype/noto"
