"""XLSX files that stream: each row leaves as it comes, so that a million take no more memory than ten.

Written by hand, since every writer of spreadsheets we know builds the whole file first. The format is that of
ECMA-376; texts stand in their cells, and a sheet that would grow too long goes on in another one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from invoice_processor.services.outgoing import PIECE, Outgoing
from invoice_processor.services.spreadsheets import Cell, Row, neutral

Sheet = tuple[str, Sequence[str], Iterable[Row]]  # name, heading, rows

MOST_ROWS = 500_000
"""Of one sheet. Excel opens 1,048,576, but a part of a ZIP whose size is not known before ends at 2 GiB."""
LONGEST = 32_766  # characters of a cell, before an apostrophe
QUICK = 1  # zlib's level: files a fifth larger than at the usual one, made in three quarters of the time
FIRST_DAY = date(1899, 12, 30).toordinal()  # Excel counts days from here
EARLIEST = 1900  # it knows no earlier year
BOLD, DAY, MOMENT = 1, 2, 3  # styles of cells, in the order of STYLES

# What XML forbids or gives a meaning to, and what Excel would read as the number of a character.
SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
)
STYLES = (
    f'{XML}<styleSheet {MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """An XLSX file with real numbers and dates, piece by piece."""
    out, names = Outgoing(), list[str]()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=QUICK) as book:
        book.writestr("[Content_Types].xml", TYPES)
        for name, heading, rows in sheets:
            for title, some in cut(name, rows):
                names.append(title)
                with book.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as part:
                    for content in sheet_xml(heading, some):
                        part.write(content.encode())
                        if out.waiting > PIECE:
                            yield out.take()
        for path, content in frame(names):
            book.writestr(path, content)
    yield out.take()


def cut(name: str, rows: Iterable[Row]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Rows in sheets of a bearable length, each with its name; one without any rows is a sheet, too."""
    rest, number = iter(rows), 1
    following: Row | None = next(rest, None)
    while following is not None or number == 1:
        first = [] if following is None else [following]
        yield name if number == 1 else f"{name} {number}", chain(first, islice(rest, MOST_ROWS - 1))
        following, number = next(rest, None), number + 1


def frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that hold the sheets together."""
    numbered = list(enumerate(names, 1))
    sheets = "".join(f'<sheet name="{escaped(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    yield "xl/styles.xml", STYLES
    yield "xl/workbook.xml", f'{XML}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    yield "xl/_rels/workbook.xml.rels", relations([*links, ("styles", "styles", "styles.xml")])
    yield "_rels/.rels", relations([("book", "officeDocument", "xl/workbook.xml")])


def relations(links: Iterable[tuple[str, str, str]]) -> str:
    """Which part belongs to another: name, kind and path of each."""
    found = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{path}"/>' for name, kind, path in links
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def sheet_xml(heading: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One sheet, row by row, under a heading that stays in sight."""
    letters = [get_column_letter(number) for number in range(1, len(heading) + 1)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{max(12, len(title) + 2)}" customWidth="1"/>'
        for n, title in enumerate(heading, 1)
    )
    yield (
        f'{XML}<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )
    yield row_xml(1, letters, heading, f' s="{BOLD}"')
    for number, row in enumerate(rows, 2):
        yield row_xml(number, letters, row)
    yield "</sheetData></worksheet>"


def row_xml(number: int, letters: Sequence[str], row: Row, style: str = "") -> str:
    """A row; empty cells are left out."""
    cells = [
        f'<c r="{letter}{number}"{cell_xml(cell, style)}</c>'
        for letter, cell in zip(letters, row, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell_xml(cell: Cell, style: str = "") -> str:
    """A cell, after its place."""
    if isinstance(cell, str):
        text = neutral(escaped(cell[:LONGEST]))
        return f' t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is>'
    if isinstance(cell, bool):
        return f' t="b"><v>{int(cell)}</v>'
    if isinstance(cell, Decimal | int):
        return f"><v>{cell}</v>"
    return day_xml(cell) if cell else ">"


def day_xml(day: date) -> str:
    """A day, or a moment in the time zone that it has, as Excel counts them."""
    if day.year < EARLIEST:
        return cell_xml(day.isoformat())
    days = day.toordinal() - FIRST_DAY
    if not isinstance(day, datetime):
        return f' s="{DAY}"><v>{days}</v>'
    seconds = (day.hour * 60 + day.minute) * 60 + day.second
    return f' s="{MOMENT}"><v>{days + seconds / 86_400:.9f}</v>'


def escaped(text: str) -> str:
    """A text as XML and Excel have it; characters that they do not allow are left out."""
    if not SPECIAL.search(text):
        return text
    return SPECIAL.sub(lambda found: WRITTEN.get(found[0], ""), text)
