"""What one service knows of policy before it looks into its database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.policy.builtin import load_builtin, load_house
from shared.policy.packs import Pack, Section
from shared.policy.parsing import parse


@dataclass(frozen=True)
class Rulebook:
    """The sections that a service knows, its built-in packs, and the packs, in order, that hold for
    a unit when neither it nor a unit above it has activated any. Made once a process, in main.py.
    The packs of the ``house`` are built in as well, and hold for every unit besides, behind those
    that it follows.

    ``misfits`` says what keeps packs, highest rank first, from being followed together; no unit can
    activate such packs. Raises ValueError when ``default`` names a pack that is not built in.
    """

    sections: Mapping[str, Section]
    builtin: tuple[Pack, ...]
    default: tuple[str, ...] = ()
    misfits: Callable[[Sequence[Pack]], Iterable[str]] | None = None
    house: tuple[str, ...] = ()
    _read: dict[UUID, Pack] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        unknown = set(self.default) - {pack.pack for pack in self.builtin}
        if unknown:
            raise ValueError(f"not built in: {', '.join(sorted(unknown))}")

    @classmethod
    def load(
        cls,
        package: str,
        sections: Mapping[str, Section],
        *,
        default: tuple[str, ...] = (),
        misfits: Callable[[Sequence[Pack]], Iterable[str]] | None = None,
    ) -> "Rulebook":
        """The rulebook of the service ``package``. Raises PackFault as load_builtin does."""
        house = load_house(sections)
        builtin = load_builtin(package, sections) + house
        return cls(sections, builtin, default, misfits, tuple(pack.pack for pack in house))

    def of_builtin(self, pack: str, version: str) -> Pack:
        """The built-in pack of that version. Raises KeyError."""
        for one in self.builtin:
            if (one.pack, one.version) == (pack, version):
                return one
        raise KeyError(pack, version)

    def has_read(self, row_id: UUID) -> bool:
        """Whether the stored pack with that id needs no reading of its document any more."""
        return row_id in self._read

    def stored(self, row_id: UUID, document: Mapping[str, Any] | None = None) -> Pack:
        """The pack of a stored row, read once a process: a row never changes, and its id is never
        given twice, not even after a rollback. ``document`` may be left out after has_read."""
        if row_id not in self._read:
            self._read[row_id] = parse(document, self.sections)
        return self._read[row_id]
