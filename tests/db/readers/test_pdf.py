"""PDF: paragraphs as they were set, pages as they are numbered, heads and feet marked."""

import pytest

from db.errors import Unreadable
from tests.db.readers.made import pages, pdf, read, told


def column(left, top, *lines, size=10, step=12):
    return [(left, top - step * number, size, words) for number, words in enumerate(lines)]


FIRST = "The mill of the county ground all the rye that was brought to it in that"
SECOND = "year, and forty sacks of oats besides, which nobody had counted on be-"


def sheet(number, *lines):
    return [
        (60, 760, 9, "Of mills and wells"),
        *column(60, 700, *lines),
        (300, 40, 9, str(number)),
    ]


def test_lines_become_paragraphs_and_heads_and_feet_are_marked(tmp_path) -> None:
    data = pdf(
        [(60, 720, 18, "The mill"), *sheet(5, FIRST, SECOND, "fore the war. So it was.")],
        sheet(6, FIRST, "year and had none left, for the"),
        sheet(7, "miller was ill. In May he rose again and ground what there was, day", "by day."),
        info="/Title (Microsoft Word - x.doc) /Author (Ada Quill)",
    )
    document = read(tmp_path, "a.pdf", data)
    assert told(document) == [
        ("boilerplate", "Of mills and wells"),
        ("heading", "The mill"),
        ("paragraph", f"{FIRST} {SECOND[:-1]}fore the war. So it was."),
        ("boilerplate", "5"),
        ("boilerplate", "Of mills and wells"),
        ("paragraph", f"{FIRST} year and had none left, for the miller was ill."),
        ("boilerplate", "6"),
        ("boilerplate", "Of mills and wells"),
        ("paragraph", "In May he rose again and ground what there was, day by day."),
        ("boilerplate", "7"),
    ]
    assert [page for page, _ in pages(document)] == list("5555666777")
    assert (document.title, document.creator) == (None, "Ada Quill")


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other(tmp_path) -> None:
    left = column(60, 700, *[f"left column number {n} of the page and" for n in range(8)])
    right = column(320, 700, *[f"right column number {n} of the page and" for n in range(8)])
    drawn = [line for pair in zip(left, right, strict=True) for line in pair]
    # From the foot upwards, so that the order of drawing is no order of reading.
    text = read(tmp_path, "a.pdf", pdf(drawn[::-1])).text
    assert text.index("left column number 7") < text.index("right column number 0")


def test_a_raised_number_does_not_run_into_the_words(tmp_path) -> None:
    data = pdf([(60, 700, 10, "In all 83,190,556"), (140.6, 704, 6, "2"), (60, 680, 10, "more")])
    assert "83,190,556 [2]" in read(tmp_path, "a.pdf", data).text
    data = pdf([(60, 700, 10, "Size + 4"), (95, 702, 6, "2"), (101, 700, 10, "ells")])
    assert read(tmp_path, "a.pdf", data).text == "Size + 4[2] ells"


@pytest.mark.parametrize(("base", "size"), [(700, 14), (691, 40)])
def test_an_item_goes_on_in_the_next_line_whatever_its_bullet(tmp_path, base, size) -> None:
    data = pdf(
        [(60, base, size, "•"), (76, 700, 10, "The mill is simpler and the wells are com-"),
         (76, 688, 10, "plete."), *column(60, 650, FIRST, FIRST, FIRST)]
    )  # fmt: skip
    found = told(read(tmp_path, "a.pdf", data))
    assert found[0] == ("list", "• The mill is simpler and the wells are complete.")


def test_pages_are_named_as_the_file_names_them(tmp_path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r /St 4 >>] >>"
    data = pdf([(60, 700, 10, "One.")], [(60, 700, 10, "Two.")], labels=labels)
    assert pages(read(tmp_path, "a.pdf", data)) == [("iv", "One."), ("v", "Two.")]


def test_a_scan_is_taken_in_without_words_and_says_so(tmp_path) -> None:
    document = read(tmp_path, "a.pdf", pdf([], []))
    assert (document.text, document.remarks) == ("", ("pages_without_text:2",))


def test_a_page_whose_font_does_not_say_what_its_glyphs_mean_is_one_without_text(tmp_path) -> None:
    glyphs = "".join(chr(3) if letter == " " else letter for letter in "WKH PLOO JURXQG WKH UBH")
    document = read(tmp_path, "a.pdf", pdf([(60, 700, 10, glyphs)], [(60, 700, 10, "Two.")]))
    assert pages(document) == [("2", "Two.")]
    assert document.remarks == ("pages_without_text:1",)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nwords that look like text", b"%PDF-", b"words"])
def test_a_damaged_file_is_refused(tmp_path, data) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(tmp_path, "a.pdf", data)
