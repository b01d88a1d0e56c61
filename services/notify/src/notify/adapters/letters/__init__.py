"""Letters and cards as PDF. The same letter gives the same bytes."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from notify.domain.letters import Letter
from shared.press import Press

TEMPLATE = (files(__package__) / "letter.typ").read_bytes()
ENGLISH = ("en", "gb")
LOCALES = {"zh": ("zh", "cn")}


@dataclass
class LetterPress:
    """Prints letters in the name of ``sender``, whose line stands above the address, by the fonts
    in the folders ``font_paths``."""

    sender: str
    font_paths: str

    def print(self, letter: Letter) -> bytes:
        """The PDF of a letter. Raises TypeMissing."""
        return self._press.pdf(TEMPLATE, self.paper_of(letter), at=letter.message.planned_at)

    def paper_of(self, letter: Letter) -> dict[str, Any]:
        """What the template needs to know."""
        tongue = (letter.message.language or "").partition("-")[0].lower()
        lang, region = LOCALES.get(tongue, ENGLISH)
        return {
            "lang": lang,
            "region": region,
            "layout": letter.layout.value,
            "sender": self.sender,
            "address": letter.address,
            "day": letter.day,
            "title": letter.message.title or "",
            "paragraphs": letter.paragraphs,
        }

    @cached_property
    def _press(self) -> Press:
        return Press(self.font_paths)
