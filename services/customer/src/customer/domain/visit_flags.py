"""What a unit says of a customer and that decides how often he is visited."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

FLAGS = ("is_key", "out_of_town", "executive_selected", "lost")


@dataclass(eq=False, kw_only=True)
class VisitFlags:
    """The flags of a customer in ``unit``: a key customer (VS-04), out of town (VS-17), selected
    for the visits of executives (VS-18), lost (VS-41)."""

    customer_id: UUID
    unit: str
    is_key: bool = False
    out_of_town: bool = False
    executive_selected: bool = False
    lost: bool = False
    version: int = 0

    def change(self, fresh: Mapping[str, bool]) -> list[str]:
        """Take over what ``fresh`` names; the names of what differs now."""
        changed = [name for name in FLAGS if name in fresh and fresh[name] != getattr(self, name)]
        for name in changed:
            setattr(self, name, fresh[name])
        return changed

    @property
    def facts(self) -> dict[str, bool]:
        """The flags by the names that packs use."""
        return {name: getattr(self, name) for name in FLAGS}
