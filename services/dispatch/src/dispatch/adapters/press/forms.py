"""The words of a printed form, put where the template expects them."""

import io
from collections.abc import Sequence
from typing import Any

from dispatch.domain.prints import Language, Print
from dispatch.domain.sheets import Cited, Entry, Note
from dispatch.domain.work_order_states import State
from shared.words import Words, words_of

# Fields that take a whole line, however short their text is.
LONG = frozenset({"place", "content", "requirements", "remarks"})
LOCALES = {Language.CHINESE: ("zh", "cn"), Language.ENGLISH: ("en", "gb")}
DIGITS = 16  # of a digest: enough to find the paper in the log


def paper_of(made: Sequence[Print]) -> dict[str, Any]:
    """All that the template needs to know of what was printed together."""
    first = made[0]
    words, (lang, region) = words_of(__package__, first.language), LOCALES[first.language]
    return {
        "lang": lang,
        "region": region,
        "words": words.known,
        "number": first.sheet.order_no,
        "forms": [_Form(one, words).data() for one in made],
    }


class _Form:
    """One part, in words."""

    def __init__(self, made: Print, words: Words) -> None:
        self.made = made
        self.sheet = made.sheet
        self.word = words

    def data(self) -> dict[str, Any]:
        sheet = self.sheet
        short = [one for one in sheet.entries if one.name not in LONG]
        return {
            "part": self.word(f"part.{sheet.part}"),
            "copy": self._copy(),
            "cancelled": sheet.state == State.CANCELLED,
            "state": self.word(f"state.{sheet.state}"),
            "unit": sheet.unit,
            "number": sheet.order_no,
            "short": [self._entry(one) for one in short],
            "long": [self._entry(one) for one in sheet.entries if one.name in LONG],
            "notes": [self._note(one) for one in sheet.notes],
            "omitted": sheet.omitted,
            "boxes": [
                {"label": self.word(one.field), "name": one.name, "at": one.at}
                for one in sheet.boxes
            ],
            "foot": self._foot(),
            "code": sheet.link and qr_code(sheet.link),
        }

    def _copy(self) -> str:
        again = self.sheet.copy_no
        return self.word("copy.again").format(again) if again > 1 else self.word("copy.original")

    def _entry(self, entry: Entry) -> dict[str, Any]:
        value = self.word(entry.value) if entry.coded and entry.value else entry.value
        label = self.word(entry.name)
        return {"label": label, "value": value, "mandatory": entry.mandatory}

    def _note(self, note: Note) -> dict[str, str]:
        what = self.word(note.kind) + (f": {self.word(note.code)}" if note.code else "")
        return {"head": f"{what} · {note.by} · {note.at}", "text": note.text}

    def _foot(self) -> list[str]:
        sheet = self.sheet
        cited = "; ".join(map(self._cited, sheet.cited))
        printed = f"{self.word('printed')}: {sheet.printed_at} {sheet.printed_by}"
        digest = f"{self.word('digest')}: {self.made.digest[:DIGITS]}"
        return [
            f"{self.word('cited')}: {cited}",
            f"{self.word('regulation')}: {sheet.regulation} · {self.word('owner')}: {sheet.owner}",
            f"{printed} · {self.word('times')} {sheet.zone} · {digest}",
        ]

    def _cited(self, cited: Cited) -> str:
        article = f"{self.word('article').format(cited.article)}, " if cited.article else ""
        return f"{self.word(cited.subject)} {article}{cited.clause}"


def qr_code(link: str) -> str:
    """The QR code of an address, as SVG."""
    import segno  # Most processes never print.

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", scale=4)
    return drawn.getvalue().decode()
