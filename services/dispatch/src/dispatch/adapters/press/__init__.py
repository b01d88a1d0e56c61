"""The press: prints the sheets of work orders as PDF. The same sheets give the same bytes."""

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from dispatch.adapters.press.forms import paper_of
from dispatch.domain.prints import Print
from shared import press
from shared.press import TypeMissing

if TYPE_CHECKING:
    import typst

__all__ = ["Press", "TypeMissing"]

TEMPLATE = (files(__package__) / "work_order.typ").read_bytes()


class Press:
    """Prints by the fonts in the folders ``font_paths``, which the operating system's sign
    divides."""

    def __init__(self, font_paths: str) -> None:
        self._press = press.Press(font_paths)

    def check(self) -> None:
        """Raises TypeMissing where nothing can be printed."""
        self._press.check()

    def print(self, made: Sequence[Print]) -> bytes:
        """What was printed together, as one PDF. Raises TypeMissing."""
        return self._press.pdf(TEMPLATE, paper_of(made), at=made[0].printed_at)

    def compiler(self, made: Sequence[Print]) -> "typst.Compiler":
        """The template with its data. Raises TypeMissing."""
        return self._press.compiler(TEMPLATE, paper_of(made))
