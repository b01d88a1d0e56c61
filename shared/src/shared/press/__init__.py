"""The press: sets papers as PDF, from a template and data.

The same data gives the same bytes, as long as the same type is installed. Texts reach a template as
data, so that none of them can be a command to it. Whoever prints depends on typst and fonttools,
which are loaded when something is printed.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from shared.press.type import Type, TypeMissing, has_fonts

if TYPE_CHECKING:
    import typst

__all__ = ["Press", "TypeMissing"]

logger = logging.getLogger(__name__)


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

    def pdf(self, template: bytes, paper: Mapping[str, Any], *, at: datetime) -> bytes:
        """A paper made ``at`` a time, as PDF for archives (PDF/A), which brings its type along and
        in which no sign is missing. Raises TypeMissing."""
        with self._busy:
            made = self.compiler(template, paper)
            found = made.compile(format="pdf", timestamp=int(at.timestamp()), pdf_standards="a-2b")
            return cast(bytes, found)

    def compiler(self, template: bytes, paper: Mapping[str, Any]) -> "typst.Compiler":
        """The template with its data as ``sys.inputs.paper``: in every text what cannot be printed
        is shown by its code point, and ``families`` are the fonts. Raises TypeMissing."""
        import typst  # Most processes never print.

        data = {**_each(paper, self._type.legible), "families": self._type.families}
        return typst.Compiler(
            template,
            font_paths=self._type.fonts,
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        )

    @cached_property
    def _type(self) -> Type:
        return Type.found(self._font_paths)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """``value`` with every text in it changed, however deep it lies."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _each(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    return value
