"""Passages of plain text: in order, disjoint, whole, and rightly named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Block, Document
from db.segment import LONGEST, parts, passages
from db.segment.sentences import sentences
from tests.pace import is_linear

PIECES = st.sampled_from(
    ["\n", "\n\n", "\n \t\n", " ", "\f", "word", "Heading Of Two", "1. ", "• ", "- ", "[1] ", "“",
     "”", '"', "。", "一二三。", ". ", "© 2001", "Context", "a" * 300, "é\u0301", "😀\u200d", "\t|\t",
     "   gap   gap", "* * *", "\u00a0", "\x85", "Reuters 10.10.2017", "SMITH JOHN - 2010", "¹"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def kinds(text: str) -> list[str]:
    return [block.kind for block in passages(Document(text))]


def words(text: str) -> list[str]:
    return [text[block.start : block.end] for block in passages(Document(text))]


def assert_whole(text: str, blocks: tuple[Block, ...]) -> None:
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert len(piece) <= LONGEST
        at = block.end
    assert not text[at:].strip()


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_character_that_is_not_blank_lies_in_exactly_one_passage(text: str) -> None:
    assert_whole(text, passages(Document(text)))


@given(TEXTS, st.integers(0, 40), st.integers(1, 40), st.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_the_gaps_between_a_documents_own_blocks_are_filled(
    text: str, start: int, length: int, gap: int
) -> None:
    own = (
        Block(start, start + length, "quotation"),
        Block(start + length + gap, start + 2 * length + gap, "table"),
    )
    assert_whole(text, passages(Document(text, blocks=own)))


def test_blank_lines_part_passages_and_line_ends_alone_do_not() -> None:
    assert words("One line\nof two.\n \n\nAnother.\n") == ["One line\nof two.", "Another."]


LONG = "The workshop by the river mended pumps for the whole county in those years. " * 5


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        (LONG, "paragraph"),
        ("CHAPTER IV", "heading"),
        ("Chapter IV. Of Wells and Pumps", "heading"),
        ("Глава третья. О насосах", "heading"),
        ("第三章 水泵", "heading"),
        ("2.1 The pumps of the county", "heading"),
        ("THE PUMPS OF THE COUNTY", "heading"),
        ("The Pumps of the County", "heading"),
        ("How the pumps were mended", "heading"),
        ("Предисловие", "heading"),
        ("The pumps were mended.", "paragraph"),
        ("They said the following:", "paragraph"),
        ("in the year of the flood", "paragraph"),
        ("1941", "paragraph"),
        ("• twelve pumps in May", "list"),
        ("1. The town pays for the pumps.", "list"),
        ("- one\n- two\n- three", "list"),
        ("The town needs\n1) pumps,\n2) pipes,\n3) men.", "list"),
        ("1 thousand pumps were sent.", "paragraph"),
        ("— Насосы готовы, — сказал он.", "paragraph"),
        ("“We did what we could, and the town was glad of it.”", "quotation"),
        ("“Yes,” he said, “we did what we could.”", "paragraph"),
        ("«Мы сделали, что могли».", "quotation"),
        ("> We did\n> what we could", "quotation"),
        ("[12] Town ledger, p. 40.", "footnote"),
        ("¹ Town ledger, p. 40.", "footnote"),
        ("Month     Number\nMay           12\nJune          28", "table"),
        ("Month\tNumber\nMay\t12", "table"),
        ("| Month | Number |\n|---|---|\n| May | 12 |", "table"),
    ],
)
def test_a_paragraph_is_named_for_what_it_is(paragraph: str, kind: str) -> None:
    assert kinds(f"{LONG}\n\n{paragraph}\n\n{LONG}")[1] == kind


def test_an_indented_stanza_between_wrapped_paragraphs_is_a_quotation() -> None:
    prose = "The pumps were mended in\nthe town by the river."
    stanza = "    O pump of iron, pump of brass,\n      how long the handle lay in grass"
    text = "\n\n".join([prose, prose, stanza, prose])
    assert kinds(text) == ["paragraph", "paragraph", "quotation", "paragraph"]


def test_where_all_paragraphs_are_indented_none_is_a_quotation() -> None:
    text = "\n\n".join("    One line of it.\n    And a second line of it." for _ in range(5))
    assert set(kinds(text)) == {"paragraph"}


def test_a_page_break_parts_passages() -> None:
    assert words("The end of a page.\n\fThe next one.") == ["The end of a page.", "The next one."]


def test_three_citations_in_a_row_are_notes() -> None:
    notes = ["Town ledger. Vol. 2. P. 40.", "Ibid. pp. 41–44.", "Насосы. М., 1951. С. 17."]
    assert kinds("\n\n".join([LONG, *notes])) == ["paragraph"] + ["footnote"] * 3
    assert "footnote" not in kinds("\n\n".join([LONG, *notes[:2], LONG]))


def test_what_stands_below_a_heading_of_notes_is_notes() -> None:
    text = f"{LONG}\n\nNotes\n\nThe ledger has forty.\n\nThe mayor has fifty."
    assert kinds(text) == ["paragraph", "heading", "footnote", "footnote"]


@pytest.mark.parametrize(
    "cruft",
    [
        "© 1996 The Evening Lamp",
        "Copyright 1996 by Ada Quill. All rights reserved.",
        "Все права защищены",
        "Key words: pumps, wells, county history",
        "Ключевые слова: насосы, колодцы",
        "关键词：水泵，水井",
        "(Continued. Beginning in No. 2, 1996)",
        "Окончание. Начало в № 3",
        "To be continued",
        "We use cookies to make this site work better.",
        "The opinions printed here do not necessarily reflect those of the editors.",
        "Мнение автора может не совпадать с позицией редакции.",
        "Quill Ada, doctor of engineering, University of Lampwick. Email: ada@lampwick.example",
        "Share on everything",
        "Print this page",
        "12 comments",
        "Версия для печати",
        "https://lampwick.example/pumps",
        "* * *",
        "- 12 -",
        "Page 3 of 20",
        "UDC 621.65",
        "Advertisement",
    ],
)
def test_a_line_that_a_site_or_a_journal_adds_is_cruft(cruft: str) -> None:
    assert kinds(f"{LONG}\n\n{cruft}\n\n{LONG}") == ["paragraph", "boilerplate", "paragraph"]


@pytest.mark.parametrize(
    "words_of_the_text",
    [
        "Print was cheap in those years, and the mayor knew it.",
        "Share and share alike was the rule among the pump makers.",
        "The ending was not what the town had hoped for.",
        "Continued rain kept the pumps at work until the third of May.",
        "The cookies were given to the children of the pump makers.",
        "His figures do not reflect the pumps that lay in the cellar.",
        "In context the number is small: forty pumps for a county.",
        "Signed by the mayor on 3 May 1941",
        "History tells of no other town that kept forty pumps.",
        "By 1941 the town had forty pumps - 1942",
        "(At the beginning, in the first year, there were three pumps.)",
        "Профессор института починил насос сам.",
    ],
)
def test_words_of_the_text_are_not_cruft(words_of_the_text: str) -> None:
    assert "boilerplate" not in kinds(f"{LONG}\n\n{words_of_the_text}\n\n{LONG}")


def test_a_box_of_headlines_with_outlet_and_date_is_cruft_with_its_label() -> None:
    box = ["Context", "Wells run dry", "Evening Lamp 10/16/2017", "Five new pipes", "11.10.2017"]
    assert kinds("\n\n".join([LONG, *box, LONG])) == ["paragraph"] + ["boilerplate"] * 5 + [
        "paragraph"
    ]


def test_the_same_label_above_a_paragraph_is_no_cruft() -> None:
    assert "boilerplate" not in kinds("\n\n".join([LONG, "Context", LONG, "Background", LONG]))


def test_read_also_takes_the_links_below_it_and_leaves_the_next_heading() -> None:
    text = "\n\n".join([LONG, "Read also", "Wells run dry", "Of Pipes and Men", LONG])
    assert kinds(text) == ["paragraph", "boilerplate", "boilerplate", "heading", "paragraph"]
    text = "\n\n".join([LONG, "Читайте также", "Колодцы пересохли", LONG])
    assert kinds(text) == ["paragraph", "boilerplate", "boilerplate", "paragraph"]


def test_a_chronicle_of_dated_lines_is_no_box() -> None:
    text = "\n\n".join(["Lampwick, 3 May 1941", LONG, "Lampwick, 4 May 1941", LONG])
    assert "boilerplate" not in kinds(text)


def test_a_list_of_similar_articles_is_cruft_and_its_last_bullet_is_parted() -> None:
    text = "\n\n".join(
        [LONG, "QUILL ADA - 2010", "• OF WELLS", "REED B. - 2013", "• OF PIPES", "• " + LONG]
    )
    found = [(block.kind, text[block.start : block.end]) for block in passages(Document(text))]
    assert [kind for kind, _ in found] == ["paragraph"] + ["boilerplate"] * 3 + ["list", "list"]
    closed = text.replace("• OF PIPES", "• OF PIPES\n\nREED C. - 2015")
    found = [(block.kind, closed[block.start : block.end]) for block in passages(Document(closed))]
    assert found[-2:] == [("boilerplate", "•"), ("paragraph", LONG.strip())]


def test_a_section_name_beside_cruft_is_cruft_and_elsewhere_a_heading() -> None:
    notice = "The opinions printed here do not necessarily reflect those of the editors."
    assert (
        kinds("\n\n".join([LONG, notice, "History", "Of Wells and Pumps", LONG]))[2]
        == "boilerplate"
    )
    assert kinds("\n\n".join([LONG, "History", LONG]))[1] != "boilerplate"


def test_the_library_frame_around_a_book_is_cruft() -> None:
    text = "\n\n".join(
        ["The Project Gutenberg EBook of Pumps", "Title: Pumps", "*** START OF THIS PROJECT "
         "GUTENBERG EBOOK PUMPS ***", LONG, "*** END OF THIS PROJECT GUTENBERG EBOOK PUMPS ***",
         "*** START: FULL LICENSE ***", "You may copy it."]
    )  # fmt: skip
    assert kinds(text) == ["boilerplate"] * 3 + ["paragraph"] + ["boilerplate"] * 3


# ---- over-long passages ------------------------------------------------------------------------


def test_a_long_passage_is_parted_where_a_sentence_ends() -> None:
    sentence = "Dr. Quill of St. Mary's paid approx. 40 pounds to J. Reed on 3 May, i.e. at once. "
    pieces = words(sentence * 150)
    assert len(pieces) > 2
    assert all(piece.endswith("at once.") for piece in pieces)
    assert all(2000 < len(piece) <= LONGEST for piece in pieces[:-1])


def test_chinese_is_parted_at_its_own_stops() -> None:
    assert all(
        piece.endswith("。") for piece in words("工厂修理了四十台水泵，城里的人都很高兴。" * 400)
    )


def test_a_sentence_end_early_in_the_passage_is_better_than_a_blank_later() -> None:
    text = "The end. " + "And then " + "word " * 1000
    assert words(text)[0] == "The end."


def test_without_a_sentence_end_a_passage_is_parted_at_a_blank_or_at_the_limit() -> None:
    assert all(piece.startswith("word") for piece in words("word " * 3000))
    assert [len(piece) for piece in words("a" * 9000)] == [LONGEST, LONGEST, 1000]


def test_a_mark_is_never_parted_from_its_letter() -> None:
    pieces = words("e\u0301" * 2001 + "x" + "e\u0301" * 2001)
    assert len(pieces) == 3
    assert not any(piece.startswith("\u0301") for piece in pieces)


def test_a_long_table_is_parted_between_its_rows() -> None:
    text = "\n".join(f"Row {n}\t{n}. And more." for n in range(900))
    assert all(piece.startswith("Row") for piece in words(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He came. She went! Did it rain? Yes.", 4),
        ("Mr. J. Reed paid 3.5 pounds. He left.", 2),
        ("В 1941 г. завод сделал 3 млн. деталей и т.д. Потом он закрылся.", 2),
        ("Am 22. Oktober kam Dr. Meier. Er blieb.", 2),
        ("M. Dupont est venu. Il est parti.", 2),
        ("他来了。她走了！下雨吗？", 3),
        ("“It is done.” He left.", 2),
        ("Wait... and see. Now.", 2),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    found = list(sentences(text))
    assert len(found) == count, [text[span.start : span.end] for span in found]
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "attack",
    [
        "(" * 9,
        "a" * 9,
        " . " * 3,
        "1-1-",
        "\n \t",
        "A. ",
        "• - ",
        "“",
        "| ",
        "© ",
        "- 1",
        "© 1 - ",
        "((Ending ",
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(attack: str) -> None:
    assert is_linear(lambda size: passages(Document(attack * (size // len(attack)))), 50_000)


# ---- several sources in one file ---------------------------------------------------------------

STORY = "\n\n".join([LONG, LONG.replace("pumps", "wells"), LONG.replace("county", "town")])


def starts(text: str) -> list[int]:
    document = Document(text)
    return [part.start for part in parts(document, passages(document))]


def test_titles_with_authors_open_parts() -> None:
    first = f"Of Pumps and Wells\n\nby Ada Quill\n\n{STORY}\n\n"
    second = f"What the River Took\n\n© 1951 Bo Reed\n\n{STORY}"
    document = Document(first + second)
    proposed = parts(document, passages(document))
    assert [(p.start, p.title, p.creator, p.date) for p in proposed] == [
        (0, "Of Pumps and Wells", "Ada Quill", None),
        (len(first), "What the River Took", "Bo Reed", "1951"),
    ]
    assert proposed[0].end == len(first.rstrip())
    assert proposed[1].end == len(document.text.rstrip())


def test_a_notice_of_the_site_ends_a_part() -> None:
    notice = "The opinions printed here do not necessarily reflect those of the editors."
    first = f"{STORY}\n\n{notice}\n\n"
    assert starts(f"{first}{STORY}") == [0, len(first)]


def test_a_numbered_export_is_parted_at_its_numbers() -> None:
    texts = [f"Document {n} of 3\n\n{STORY}\n\n" for n in (1, 2, 3)]
    assert starts("".join(texts)) == [0, len(texts[0]), len(texts[0] + texts[1])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A line.",
        STORY,
        f"Of Pumps\n\nby Ada Quill\n\n{STORY}",
        f"CHAPTER I\n\n{STORY}\n\nCHAPTER II\n\nby the river\n\n{STORY}",
        "\n\n".join([LONG, "Context", "Wells run dry", "Evening Lamp 10/16/2017", STORY]),
        f"{STORY}\n\n* * *\n\n{STORY}",
        f"First Section\n\n{STORY}\n\nSecond Section\n\n{STORY}",
    ],
)
def test_one_source_is_not_parted(text: str) -> None:
    assert starts(text) == []


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_parts_follow_each_other_and_hold_everything(text: str) -> None:
    document = Document(text)
    proposed = parts(document, passages(document))
    at = 0
    for part in proposed:
        assert at <= part.start < part.end <= len(text)
        assert not text[at : part.start].strip()
        at = part.end
    if proposed:
        assert not text[at:].strip()


def test_a_short_first_line_and_a_line_above_a_name_are_titles() -> None:
    text = f"How the pumps came\n\n{STORY}\n\nо насосах и колодцах"
    assert kinds(text)[0] == "heading"
    assert kinds(f"{STORY}\n\nWas the river it took\n\nBy Bo Reed\n\n{STORY}")[3] == "heading"
