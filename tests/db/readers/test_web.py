"""Web pages: all visible text in order, structure kept, cruft marked, nothing fetched or run."""

import time
from pathlib import Path

import pytest

import db.readers
from db.records import Document
from db.segment import passages

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Pumps | The Evening Lamp</title>
<meta name="author" content="Ada Quill"><meta property="article:published_time"
content="1996-04-03T10:00:00Z"><script type="application/ld+json">{"@graph": [{"@type":
"NewsArticle", "headline": "Forty pumps mended", "author": [{"name": "Bo Reed"}]}]}</script>
<style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<div class="cookie-banner">We use cookies.</div>
<article><h1>Forty pumps mended</h1>
<p>The workshop mended <b>for</b>ty pumps in 1941<sup><a href="#n1">3</a></sup>&nbsp;&mdash;
a record.<br>The town was glad.</p>
<blockquote><p>We did what we could.</p></blockquote>
<ul><li>twelve in May</li><li>twenty-eight in June</li></ul>
<table><caption>Pumps</caption><tr><th>Month</th><th>Number</th></tr>
<tr><td>May</td><td>12</td></tr><tr><td>June</td><td>28</td></tr></table>
<h2>What comes next</h2><p hidden>secret</p><p style="display: none">secret</p>
<p>More pumps.</p><script>alert("secret")</script><noscript>secret</noscript>
<div class="related-links"><p>Wells of the county</p></div>
<section class="footnotes"><ol><li>Town ledger, p. 12.</li></ol></section></article>
<footer>All rights kept.</footer></body></html>
"""


@pytest.fixture
def page(tmp_path: Path):
    def read(html: str | bytes, name: str = "page.html") -> Document:
        path = tmp_path / name
        path.write_bytes(html if isinstance(html, bytes) else html.encode())
        return db.readers.read(path)

    return read


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in passages(document)]


def test_a_page_becomes_its_visible_text_with_its_structure(page) -> None:
    assert blocks(page(PAGE)) == [
        ("boilerplate", "Home\nNews"),
        ("boilerplate", "We use cookies."),
        ("heading", "Forty pumps mended"),
        (
            "paragraph",
            "The workshop mended forty pumps in 1941[3]\u00a0— a record.\nThe town was glad.",
        ),
        ("quotation", "We did what we could."),
        ("list", "twelve in May\ntwenty-eight in June"),
        ("paragraph", "Pumps"),
        ("table", "Month\tNumber\nMay\t12\nJune\t28"),
        ("heading", "What comes next"),
        ("paragraph", "More pumps."),
        ("boilerplate", "Wells of the county"),
        ("footnote", "Town ledger, p. 12."),
        ("boilerplate", "All rights kept."),
    ]


def test_a_page_says_who_wrote_it_and_when(page) -> None:
    document = page(PAGE)
    assert document.title == "Forty pumps mended"
    assert document.creator == "Ada Quill; Bo Reed"
    assert document.date == "1996-04-03"
    assert document.language == "en"
    assert document.media_type == "text/html"


@pytest.mark.parametrize(
    ("head", "codec", "named"),
    [
        ('<meta charset="windows-1251">', "cp1251", "windows-1251"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
            "koi8-r",
            "koi8-r",
        ),
        ("", "utf-16", "utf-16-le"),
        ('<meta charset="koi8-r">', "utf-8", "utf-8"),
    ],
)
def test_the_declared_encoding_is_believed_where_it_fits(page, head, codec, named) -> None:
    words = "Мастерская починила сорок насосов."
    document = page(f"<html><head>{head}</head><body><p>{words}</p></body></html>".encode(codec))
    assert (document.text, document.encoding) == (words, named)
    assert document.encoding_is_sure


def test_iso_8859_1_is_read_as_browsers_read_it(page) -> None:
    document = page(b'<meta charset="iso-8859-1"><p>It cost \x80 5, \x93cheap\x94</p>')
    assert document.text == "It cost € 5, “cheap”"


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell(page) -> None:
    story = "The cellar was dry. " * 40
    document = page(
        f"<table><tr><td>Menu</td><td><p>{story}</p><p>And so on.</p></td></tr></table>"
    )
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "paragraph", "paragraph"]
    assert document.text == f"Menu\n\n{story.strip()}\n\nAnd so on."


def test_a_container_with_half_the_text_is_no_cruft_whatever_its_name(page) -> None:
    document = page(
        f'<div class="sidebar layout"><p>{"The cellar was dry. " * 9}</p></div><p>End.</p>'
    )
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "paragraph"]


def test_the_foot_of_a_section_is_the_authors_and_not_the_sites(page) -> None:
    words = "Words of the preface. " * 9
    document = page(
        f"<section><p>{words}</p><footer>Ada Quill</footer></section><footer>Site</footer>"
    )
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "paragraph", "boilerplate"]


def test_three_links_and_no_words_are_a_menu(page) -> None:
    links = "".join(f'<p><a href="/{n}">Page {n}</a></p>' for n in range(4))
    document = page(f"<p>{'Words of the page. ' * 20}</p>{links}")
    assert [kind for kind, _ in blocks(document)] == ["paragraph"] + ["boilerplate"] * 4


def test_two_line_breaks_part_paragraphs_and_pre_keeps_its_lines(page) -> None:
    document = page("<p>One<br><br>two<br>\nthree</p><pre>a  b\n  c</pre>")
    assert document.text == "One\n\ntwo\nthree\n\na  b\n  c"


def test_an_empty_element_of_xhtml_does_not_swallow_the_page(page) -> None:
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        "<head><title/><script src='x'/></head><body><p>Seen&nbsp;&eacute;.</p></body></html>"
    )
    assert page(xhtml, "page.xhtml").text == "Seen\u00a0é."
    assert page(xhtml, "page.html").text == "Seen\u00a0é."


def test_references_to_characters_that_text_may_not_hold_become_the_stored_form(page) -> None:
    document = page("<p>a&#8232;b &#0; &#xD800; &#13;c</p>")
    assert "\x00" not in document.text
    assert "\u2028" not in document.text
    assert "\r" not in document.text
    document.text.encode()


@pytest.mark.parametrize("data", ["", "<!-- only a remark -->", "<html></html>", "<p>", "</div>"])
def test_a_page_without_words_is_a_document_without_words(page, data: str) -> None:
    assert page(data).text == ""


@pytest.mark.parametrize(
    "opening",
    ["<div>", "<b>", "<table><tr><td>x", "<ul><li>x", "<blockquote>x", "<p><font>", "<a href=x>"],
)
def test_deep_nesting_is_answered_in_bounded_time(page, opening: str) -> None:
    started = time.monotonic()
    document = page(opening * 100_000 + "the end")
    assert document.text.endswith("the end")
    assert time.monotonic() - started < 20


def test_a_picture_named_html_is_kept_as_a_picture_and_never_read_as_a_page(page) -> None:
    assert page(b"GIF89a" + bytes(200)).text == ""


def test_the_pages_of_a_recognised_scan_are_counted(page) -> None:
    document = page(
        '<html><body><div class="ocr_page" title="image a.png"><p class="ocr_par">One.</p></div>'
        '<div class="ocr_page"><p>Two.</p></div></body></html>'
    )
    assert [block.page for block in passages(document)] == ["1", "2"]
