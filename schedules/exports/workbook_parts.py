"""What a workbook's parts say that openpyxl, which reads it row by row here, does not tell. Pure; runs in the reading child."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import range_boundaries

Covered = dict[int, list[tuple[int, int, int]]]
"""By row, from 0: the columns that one merged cell takes there, from its first to the one after its last, and its top row."""

STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (STRICT + b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (STRICT + b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
"""How the strict form of the standard calls what every other workbook calls by the second name."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z0-9:$]+)[\"']")


def in_common_names(content: bytes) -> bytes:
    """The workbook, in the names that openpyxl knows.

    One that was saved as "Strict Open XML" is as valid as others and has no sheets for openpyxl (3.1.5), which does not say so. A second
    library for these alone would read some cells otherwise than the first.
    """
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if not any(STRICT in archive.read(name) for name in names if name.endswith(("workbook.xml", "_rels/.rels"))):
            return content
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as written:
            for name in names:
                written.writestr(
                    name, _renamed(archive.read(name)) if name.endswith((".xml", ".rels")) else archive.read(name)
                )
    return out.getvalue()


def _renamed(part: bytes) -> bytes:
    for strict, common in _NAMES:
        part = part.replace(strict, common)
    return part


def covered_cells(sheet: Any, rows: int) -> Covered:
    """The merged cells of a sheet, up to a row.

    What stood in the cells that became one may still be in the file, as where a format was painted over them, and is in no way to be
    seen. openpyxl passes it over, but not where it reads row by row.
    """
    found: Covered = {}
    with sheet.parent._archive.open(sheet._worksheet_path) as part:  # it names the part nowhere else
        merged = _MERGED.findall(part.read())
    for place in merged:
        left, top, right, bottom = range_boundaries(place.decode())
        for row in range(top - 1, min(bottom, rows)):
            found.setdefault(row, []).append((left - 1, right, top - 1))
    return found


def without_covered(number: int, values: list[Any], covered: Covered) -> list[Any]:
    """A row as it is seen: of each merged cell only its first one is left."""
    for left, end, top in covered.get(number, ()):
        first = left + 1 if number == top else left
        for column in range(first, min(end, len(values))):
            values[column] = None
    return values
