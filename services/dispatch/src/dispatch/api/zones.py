"""Time zones in requests."""

from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError, fields


class Zone(fields.String):
    """The name of an IANA time zone that this machine knows."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = str(super()._deserialize(value, attr, data, **kwargs))
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValidationError("Not a known time zone.") from None
        return name
