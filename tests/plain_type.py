"""A font of boxes, so that forms are printed on machines without any font with Chinese."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

ASCII = range(0x20, 0x7F)
CHINESE = (*range(0x3000, 0x3030), *range(0x4E00, 0x9FB0), *range(0xFF01, 0xFF5F))
SIGNS = (*map(ord, "·×—…“”"), 0xA0)


def plain_type(
    folder: Path,
    *,
    characters: tuple[int, ...] = (*ASCII, *SIGNS, *CHINESE),
    legible: bool = False,
) -> Path:
    """The folder in which there is a font that shows each of ``characters`` as a box. Where it is
    ``legible`` each has a box of its own, so that what was printed can be read by a program."""
    boxes = {one: f"box{one:05x}" if legible else "box" for one in characters}
    names_of_boxes = sorted(set(boxes.values())) or ["box"]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", *names_of_boxes])
    font.setupCharacterMap(boxes)
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **dict.fromkeys(names_of_boxes, _box())})
    font.setupHorizontalMetrics({".notdef": (500, 0), **dict.fromkeys(names_of_boxes, (500, 50))})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    names = {"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"}
    font.setupNameTable({**names, "fullName": "Boxes Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font.recalcTimestamp = False
    font.updateHead(created=0, modified=0)
    font.save(folder / "boxes.ttf")
    return folder


def _box() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (450, 700), (450, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()
