"""The press: prints the sheets of work orders as PDF.

The same sheets give the same bytes, as long as the same type is installed. Texts reach the template
as data, so that none of them can be a command to it.
"""

import json
import logging
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, cast

from dispatch.adapters.press.forms import paper_of
from dispatch.adapters.press.type import Type, TypeMissing, has_fonts
from dispatch.domain.prints import Print

if TYPE_CHECKING:
    import typst

__all__ = ["Press", "TypeMissing"]

logger = logging.getLogger(__name__)

TEMPLATE = "work_order.typ"


class Press:
    """Prints by the fonts in the folders ``font_paths``, which the operating system's sign divides.
    One paper at a time: a process then needs the memory for one."""

    def __init__(self, font_paths: str) -> None:
        self._font_paths = font_paths
        self._busy = Lock()
        if not has_fonts(font_paths):
            logger.warning("type_missing", extra={"font_paths": font_paths})

    def check(self) -> None:
        """Raises TypeMissing where nothing can be printed."""
        self._type  # noqa: B018 - it is looked for once.

    def print(self, made: Sequence[Print]) -> bytes:
        """What was printed together, as one PDF for archives (PDF/A), which brings its type along
        and in which no sign is missing. Raises TypeMissing."""
        with self._busy:
            at = int(made[0].printed_at.timestamp())
            document = self.compiler(made)
            found = document.compile(format="pdf", timestamp=at, pdf_standards="a-2b")
            return cast(bytes, found)

    def compiler(self, made: Sequence[Print]) -> "typst.Compiler":
        """The template with its data. Raises TypeMissing."""
        import typst  # Most processes never print.

        paper = paper_of(made, self._type)
        return typst.Compiler(
            (files(__package__) / TEMPLATE).read_bytes(),
            font_paths=self._type.fonts,
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        )

    @cached_property
    def _type(self) -> Type:
        return Type.found(self._font_paths)
