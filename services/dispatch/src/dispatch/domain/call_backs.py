"""A call-back: what the client says of the work once it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class CallBack:
    """What the client said when asked after the work, who asked, when and by which way (WO-15)."""

    at: datetime
    by: UUID
    method: str
    satisfied: bool
    result: str
