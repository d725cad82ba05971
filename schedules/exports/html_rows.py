"""Rows out of the tables of a web page, as spreadsheets put it on the clipboard, save it, or hide it in a file called .xls.

Pure; its costs are its caller's to limit, who stops asking for rows.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from schedules.exports.text_rows import text_of

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{1,40})", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")
WIDEST = 1_000
"""How many columns or rows a cell may say that it takes; more mean nothing."""
_HIDDEN = ("script", "style", "head", "title")


def looks_like_html(content: bytes) -> bool:
    """Whether a file is a web page: its first letter opens an element, and there is a table in it."""
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and b"<table" in content.replace(b"\0", b"").lower()


def html_text(content: bytes) -> str | None:
    """The page as text: in the encoding that it names, if it can be read so."""
    named = _CHARSET.search(content[:4096])
    if named is not None:
        name = named[1].decode("ascii").lower()
        try:
            text = content.decode("cp932" if name in ("shift_jis", "x-sjis", "shift-jis", "sjis") else name)
        except (LookupError, UnicodeError):
            return text_of(content)
        # Some encodings, which no page is written in, can spell halves of letters: nobody could be told of them.
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
    return text_of(content)


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    """By column: how many more rows the cell above takes."""
    text: list[str] | None = None
    """Of the cell that is being read."""
    span: tuple[int, int] = (1, 1)
    cells: int = 0


class TableReader(HTMLParser):
    """Collects the tables of a page, an inner one as a table of its own. ``most_cells``: where it stops reading."""

    def __init__(self, most_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.is_too_large = False
        self._most = most_cells
        self._open: list[_Table] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._hidden = 0  # the end of a head may go without saying
            self._open.append(_Table())
        elif not self._open or self.is_too_large:
            return
        elif tag == "tr":
            self._end_cell()
            self._open[-1].rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._open[-1].text = []
            self._open[-1].span = (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag == "br" and self._open[-1].text is not None:
            self._open[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif self._open and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            self.tables.append(self._open.pop().rows)

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden and (text := self._open[-1].text) is not None:
            text.append(data)

    def close(self) -> None:
        """Tables that nothing ends, as a clipboard may have them, end here."""
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.text is None:
            return
        text, table.text = _SPACES.sub(" ", "".join(table.text)).strip(), None
        if not table.rows:
            table.rows.append([])
        row, (across, down) = table.rows[-1], table.span
        while table.spans.get(len(row), 0) > 0:
            table.spans[len(row)] -= 1
            row.append("")
        first = len(row)
        row.extend([text, *[""] * (across - 1)])
        table.spans.update({column: down - 1 for column in range(first, len(row)) if down > 1})
        table.cells += len(row) - first
        self.is_too_large |= table.cells > self._most


def _span(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 5 and 0 < int(value) <= WIDEST else 1
