"""A report as a row of headings, paragraphs, quotations and tables, which every writer understands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop import figure_words
from desktop.wording import Translate, untranslated

if TYPE_CHECKING:
    from db.exchange.report import Content, OfSeries, OfSource, Quotation
    from db.records import KeptFigure

CONTEXT = "Report"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the report's title."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words; a quiet one is set smaller."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, and where they stand."""

    text: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; columns named in `numbers` stand to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with what it shows."""

    png: bytes
    caption: str


Block = Heading | Paragraph | Quote | Grid | Picture


@dataclass(slots=True)
class _Made:
    """Blocks in the making."""

    translate: Translate
    blocks: list[Block] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self.translate(CONTEXT, text)

    def heading(self, text: str, level: int) -> None:
        self.blocks.append(Heading(text, level))

    def paragraph(self, text: str, *, is_quiet: bool = False) -> None:
        if text.strip():
            self.blocks.append(Paragraph(text, is_quiet))


def make(
    content: "Content",
    *,
    pictures: Mapping[int, Picture] | None = None,
    translate: Translate = untranslated,
) -> list[Block]:
    """The blocks of a report: what has nothing to say has no heading."""
    made = _Made(translate)
    made.heading(content.title, 0)
    day = content.made_at[:10]
    made.paragraph(made.say("Report of {day}, {count} sources.").format(
        day=day, count=len(content.sources)
    ), is_quiet=True)  # fmt: skip
    if content.left_out:
        said = made.say("Left out because restricted: {count} sources.")
        made.paragraph(said.format(count=content.left_out), is_quiet=True)
    _series(made, content.series, pictures or {})
    _findings(made, content)
    if content.sources:
        made.heading(made.say("Sources"), 1)
    for each in content.sources:
        _source(made, each)
    if content.journal:
        made.heading(made.say("Journal"), 1)
        for note in content.journal:
            made.paragraph(note.body or "")
            made.paragraph(_signed(note.person, note.made_at), is_quiet=True)
    return made.blocks


def _source(made: _Made, each: "OfSource") -> None:
    source = each.source
    made.heading(source.title, 2)
    made.paragraph(each.reference)
    said = (
        (made.say("Rights: {value}"), source.rights),
        (made.say("Tags: {value}"), ", ".join(each.tags)),
        (made.say("Notes: {value}"), source.notes),
    )
    for template, value in said:
        if value:
            made.paragraph(template.format(value=value))
    for value in each.description.values():
        made.paragraph(value)
    for note in each.memos:
        made.paragraph(note.body or "")
        made.paragraph(_signed(note.person, note.made_at), is_quiet=True)
    if each.quotations:
        made.heading(made.say("Quotations"), 3)
        for quotation in each.quotations:
            _quotation(made, quotation)
    if each.figures:
        made.heading(made.say("Figures"), 3)
        made.blocks.append(_figures(made, each.figures))
    made.paragraph(each.link, is_quiet=True)


def _quotation(made: _Made, each: "Quotation") -> None:
    made.blocks.append(Quote(each.words, each.reference, each.link))
    made.paragraph(each.body or "")
    parts = [", ".join(each.tags), _signed(each.person, each.made_at)]
    made.paragraph(" · ".join(part for part in parts if part), is_quiet=True)


def _figures(made: _Made, figures: "Sequence[KeptFigure]", *, sources: bool = False) -> Grid:
    from db import edtf

    names = (
        made.say("Words"), made.say("Value"), made.say("Of what"), made.say("Date"),
        made.say("State"),
    )  # fmt: skip
    rows = []
    for kept in figures:
        figure = kept.figure
        date = edtf.in_words(figure.date) if figure.date else ""
        row = (
            figure.text, figure_words.value(figure, made.translate), figure.of or "", date,
            made.say(kept.status),
        )  # fmt: skip
        rows.append((kept.source_title, *row) if sources else row)
    if sources:
        return Grid((made.say("Source"), *names), tuple(rows), frozenset({2}))
    return Grid(names, tuple(rows), frozenset({1}))


def _series(made: _Made, found: "Sequence[OfSeries]", pictures: Mapping[int, Picture]) -> None:
    if not found:
        return
    made.heading(made.say("Series"), 1)
    for each in found:
        made.heading(each.name, 2)
        for note in each.memos:
            made.paragraph(note.body or "")
        if each.id in pictures:
            made.blocks.append(pictures[each.id])
        made.blocks.append(_figures(made, each.figures, sources=True))


def _findings(made: _Made, content: "Content") -> None:
    if not content.findings:
        return
    made.heading(made.say("Findings"), 1)
    for finding, titles in content.findings:
        made.paragraph(finding.message)
        reason = made.say("Judged: {value}").format(value=finding.reason) if finding.reason else ""
        made.paragraph(" · ".join(filter(None, [", ".join(titles), reason])), is_quiet=True)


def _signed(person: str | None, made_at: str) -> str:
    return ", ".join(part for part in (person or "", made_at[:10]) if part)
