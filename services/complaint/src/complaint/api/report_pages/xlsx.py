"""The report as a workbook of Office Open XML, a sheet a table.

Text is written as text in the cell itself (``inlineStr``), so that nothing in it is a formula,
whatever it begins with.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import escape

from complaint.api.report_pages.tables import Cell, Paper, Table

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
NAME_LENGTH = 31  # Of a sheet, as Excel has it.
BOLD = 1
FONT = '<sz val="11"/><name val="Calibri"/>'
PLAIN = 'numFmtId="0" fillId="0" borderId="0"'
STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    f'<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf {PLAIN} fontId="0"/></cellStyleXfs>'
    f'<cellXfs count="2"><xf {PLAIN} fontId="0" xfId="0"/>'
    f'<xf {PLAIN} fontId="{BOLD}" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def as_xlsx(paper: Paper, *, made_at: datetime) -> bytes:
    """The whole report; the same one gives the same bytes."""
    head = Table(paper.title, ("", ""), paper.head)
    sheets = [head, *paper.tables]
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        for name, text in _parts(sheets):
            parts.writestr(_entry(name, made_at), HEAD + text)
        for number, table in enumerate(sheets, start=1):
            with parts.open(_entry(f"xl/worksheets/sheet{number}.xml", made_at), "w") as sheet:
                for text in _sheet(table, nothing=paper.nothing):
                    sheet.write(text.encode())
    return file.getvalue()


def _entry(name: str, made_at: datetime) -> ZipInfo:
    entry = ZipInfo(name, date_time=made_at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


def _parts(sheets: Sequence[Table]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f"{overrides}</Types>",
    )
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*targets, ("styles", "styles.xml")])
    named = "".join(
        f'<sheet name="{_name(table.title, n)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, table in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    yield "xl/styles.xml", STYLES


def _links(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{LINKS}">{links}</Relationships>'


def _name(title: str, number: int) -> str:
    """What a sheet is called: as Excel allows it, and each otherwise."""
    return str(_text(f"{number} {NOT_IN_NAMES.sub(' ', title)}"[:NAME_LENGTH]))


def _sheet(table: Table, *, nothing: str) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'
    yield _row([table.title], style=BOLD)
    yield _row(table.columns, style=BOLD)
    yield from map(_row, table.rows or [[nothing]])
    if table.note:
        yield _row([table.note])
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[Cell], style: int = 0) -> str:
    return f"<row>{''.join(_cell(cell, style) for cell in cells)}</row>"


def _cell(cell: Cell, style: int) -> str:
    if isinstance(cell, str):
        kept = f'<is><t xml:space="preserve">{_text(cell)}</t></is>'
        return f'<c t="inlineStr" s="{style}">{kept}</c>'
    return f'<c s="{style}"><v>{cell}</v></c>'


def _text(said: str) -> str:
    return str(escape(NOT_IN_XML.sub("", said)))
