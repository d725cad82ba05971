"""Rows out of text files and web pages, as spreadsheets write them."""

import csv

import pytest

from schedules.exports.html_rows import TableReader, html_text, looks_like_html
from schedules.exports.text_rows import rows_of_text, text_of

JAPANESE = "名前,8/21,8/22\r\n田中 花子,休,早番\r\n佐藤,○,×\r\n"
WESTERN = "Name;Position\r\nZoë Müller;Küche\r\nRenée d’Été;Salle\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis", "euc-jp", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text__japanese_in_any_usual_encoding__is_read(encoding: str) -> None:
    assert text_of(JAPANESE.encode(encoding)) == JAPANESE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_text__western_in_any_usual_encoding__is_read(encoding: str) -> None:
    assert text_of(WESTERN.encode(encoding)) == WESTERN


@pytest.mark.parametrize("name", ["Zoë", "José", "Müller", "Åse", "Gonçalo", "Ana Lúcia"])
def test_text__one_name_with_an_accent__is_not_taken_for_japanese(name: str) -> None:
    text = f"Name,Position\n{name},Hall\nBen,Hall\n"
    assert text_of(text.encode("cp1252")) == text


@pytest.mark.parametrize("text", ["A班,B店\n田中,佐藤\n", "ﾀﾅｶ,ｻﾄｳ ﾊﾟｰﾄ\n", "Ken A班\n休\n"])
def test_text__latin_letters_and_half_width_in_japanese__are_kept(text: str) -> None:
    assert text_of(text.encode("cp932")) == text


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + bytes(9), b"\x89PNG\r\n\x1a\n\0\0", b"a\x1bb"])
def test_text__no_text__is_said_to_be_none(content: bytes) -> None:
    assert text_of(content) is None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a;b\nc;d", [["a", "b"], ["c", "d"]]),
        ("a\tb,c\nd\te,f\n", [["a", "b,c"], ["d", "e,f"]]),
        ('"a;b;c;d;e",1\n"x",2\n', [["a;b;c;d;e", "1"], ["x", "2"]]),
        ('"two\nlines",1\n', [["two\nlines", "1"]]),
        ('"氏名\n(姓名)","役職"\n"田中\n花子","ホール"\n', [["氏名\n(姓名)", "役職"], ["田中\n花子", "ホール"]]),
        ('"a;b\nc;d","x"\n', [["a;b\nc;d", "x"]]),
        ('5" pan\tx,y\tz\n7" pan\tv,w\tu\n', [['5" pan', "x,y", "z"], ['7" pan', "v,w", "u"]]),
        ('"said ""so""",1', [['said "so"', "1"]]),
        ("田中\n佐藤\n", [["田中"], ["佐藤"]]),
        ("a\r\rb\r", [["a"], [], ["b"]]),
    ],
)
def test_rows__as_spreadsheets_write_them__are_read(text: str, rows: list[list[str]]) -> None:
    assert list(rows_of_text(text, 1000)) == rows


def test_rows__quote_that_nothing_closes__is_bounded() -> None:
    with pytest.raises(csv.Error):
        list(rows_of_text('"' + "x" * 2000, 1000))


def tables(page: str, most: int = 10_000) -> list[list[list[str]]]:
    reader = TableReader(most)
    reader.feed(page)
    reader.close()
    return reader.tables


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
        ("<TABLE><TBODY><TR><TD> a \n b<BR>c&amp;</TD></TR></TABLE>", [["a b c&"]]),
        ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", [["a", "", "b"], ["c", "d", "e"]]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d</table>", [["a", "b"], ["", "c"], ["d"]]),
        ("<table><tr><td colspan=99999>a<td colspan=x>b</table>", [["a", "b"]]),
        ("<table><tr><td>a<style>td{}</style><script>1</script></table>", [["a"]]),
        ("<html><head><title>x</title><body><table><tr><td>a</table>", [["a"]]),
        ("<table><tr><td>a", [["a"]]),
        ("<table><td>a</table>", [["a"]]),
    ],
)
def test_html__table__its_rows(page: str, rows: list[list[str]]) -> None:
    assert tables(page) == [rows]


def test_html__table_in_a_table__is_one_of_its_own() -> None:
    assert tables("<table><tr><td>a<table><tr><td>b</table>c</table>") == [[["b"]], [["ac"]]]


def test_html__more_cells_than_may_be__stops() -> None:
    reader = TableReader(10)
    reader.feed("<table>" + "<tr><td colspan=1000>a" * 1000)
    reader.close()
    assert reader.is_too_large
    assert sum(map(len, reader.tables[0])) < 2500


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp932", "euc-jp"])
def test_html__in_the_encoding_that_it_names__is_read(encoding: str) -> None:
    name = {"cp932": "Shift_JIS"}.get(encoding, encoding)
    page = f'<html><head><meta charset="{name}"></head><table><tr><td>田中</table>'.encode(encoding)
    assert looks_like_html(page)
    assert tables(html_text(page) or "") == [[["田中"]]]


def test_html__no_page__is_none() -> None:
    assert not looks_like_html(b"a,<table>\n")
    assert not looks_like_html(b"<p>hello")
