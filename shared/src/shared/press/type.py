"""The type that forms are printed in: which fonts there are, and which characters they have."""

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from shared.rules import RuleBroken

if TYPE_CHECKING:
    import typst

logger = logging.getLogger(__name__)

# A font in which these can be written prints the forms.
NEEDED = "工作单存根联执行派接回复时间备注签字"
# Of several, the first of these that is there; any other is taken before none at all.
PREFERRED = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Noto Serif CJK SC")
REGULAR = 400
# They turn the order of what stands around them, and would let a form say what nobody wrote.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ENDINGS = frozenset({".otf", ".ttf", ".otc", ".ttc"})
BLANKS = frozenset("\n\t ")


class TypeMissing(RuleBroken):
    """No font with Chinese is installed where the settings say that fonts are."""

    code = "type_missing"
    status = 503


@dataclass(frozen=True)
class Type:
    """Fonts by family, the one for Chinese first, and the characters that any of them has."""

    fonts: "typst.Fonts"
    families: tuple[str, ...]
    known: frozenset[int]

    @classmethod
    def found(cls, paths: str) -> Self:
        """The type in the folders ``paths``, which the operating system's sign divides. Raises
        TypeMissing."""
        import typst  # Most processes never print.

        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[path for path in paths.split(os.pathsep) if path],
        )
        faces = {family: _characters(face) for family, face in _faces(fonts)}
        chinese = [name for name, known in faces.items() if known >= set(map(ord, NEEDED))]
        if not chinese:
            raise TypeMissing("No font with Chinese is installed, so nothing can be printed.")
        first = min(chinese, key=_preference)
        families = (first, *(name for name in sorted(faces) if name != first))
        return cls(fonts, families, frozenset().union(*faces.values()))

    def legible(self, text: str) -> str:
        """``text`` with what cannot be printed as its code point, so that nothing gets lost."""
        return "".join(map(self._shown, text.replace("\r\n", "\n")))

    def _shown(self, char: str) -> str:
        if char in BLANKS or (ord(char) in self.known and char not in TURNING):
            return char
        return f"[U+{ord(char):04X}]"


def has_fonts(paths: str) -> bool:
    """Whether there are fonts of any kind in the folders ``paths``; a quick look."""
    folders = (Path(path) for path in paths.split(os.pathsep) if path)
    return any(file.suffix.lower() in ENDINGS for folder in folders for file in folder.rglob("*"))


def _faces(fonts: "typst.Fonts") -> Iterator[tuple[str, Any]]:
    """The most regular face of each family. Of a file that holds families for several countries one
    is enough, since all of them have the same characters: preferably that of China."""
    families: dict[str, list[Any]] = {}
    for face in fonts.fonts():
        if face.path and face.style == "normal":
            families.setdefault(face.family, []).append(face)
    taken = set()
    for family in sorted(families, key=lambda name: (_preference(name), name)):
        face = min(families[family], key=lambda one: (abs(one.weight - REGULAR), one.path))
        if face.path not in taken:
            taken.add(face.path)
            yield family, face


def _preference(family: str) -> int:
    return PREFERRED.index(family) if family in PREFERRED else len(PREFERRED)


def _characters(face: Any) -> frozenset[int]:
    """The code points for which a face has a sign; none, where it cannot be read."""
    # Loaded here, since it takes a tenth of a second, and most processes never print.
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            found: Mapping[int, str] = font.getBestCmap() or {}
            return frozenset(found)
    except (OSError, TTLibError) as failure:
        logger.warning("font_unreadable", extra={"path": face.path, "error": str(failure)})
        return frozenset()
