"""The nouns of an archive as frozen records; they cross threads and the border without copies.

Long because nouns that refer to each other are best read together.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from db.errors import ArchiveError

PassageKind = Literal[
    "paragraph", "heading", "list", "quotation", "footnote", "table", "boilerplate"
]
FigureKind = Literal["money", "count", "percent", "duration", "mass", "other"]
Approx = Literal["exact", "about", "almost", "more_than", "less_than", "up_to"]
Modality = Literal[
    "asked", "offered", "agreed", "planned", "delivered", "estimated", "denied", "stated"
]
Nature = Literal["stock", "flow", "cumulative", "share", "rate", "rank"]
DateBasis = Literal["stated", "relative", "inherited", "document", "none"]
FigureStatus = Literal["proposed", "accepted", "edited", "rejected"]


class Span(NamedTuple):  # like Block and Hit: made by the hundred, at half the price
    """Half-open [start, end) in Unicode code points of a source's stored text."""

    start: int
    end: int


class Block(NamedTuple):
    """A passage before it is stored: what the segmenter cuts and the grammar reads.

    `start` and `end` are code points of the text the block was cut from; `level` is a
    heading's depth from 1, else 0; `page` is the page or folio number as the original shows it.
    """

    start: int
    end: int
    kind: PassageKind = "paragraph"
    page: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an engine says of the words it read in pictures: from 0 to 100, how sure it is of them.

    `passages` are (start, how sure) of each passage it read.
    """

    languages: str
    confidence: int
    passages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file, before it is segmented: canonical text and structure.

    `text` is already canonical (see `db.readers.canonical`). `blocks` is empty where the format
    has no structure of its own (plain text), else ordered and disjoint. `date` is EDTF.
    `replaced` counts characters that could not be kept (NUL, lone surrogates, undecodable bytes).
    `figures` and `periods` are those whose meaning the document itself gives, `tree` the
    descriptions of a finding aid, `members` the files inside, each to be read by its name.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    media_type: str = "text/plain"
    encoding: str | None = None
    encoding_is_sure: bool = True
    title: str | None = None
    creator: str | None = None
    date: str | None = None
    language: str | None = None
    genre: str | None = None
    replaced: int = 0
    remarks: tuple[str, ...] = ()
    figures: tuple["Figure", ...] = ()
    periods: tuple["Period", ...] = ()
    tree: tuple["Described", ...] = ()
    members: tuple[str, ...] = ()
    recognition: Recognition | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """One description of a finding aid, with the words [start, end) that are its own.

    `parent` is the place of the one above it in the same list; the first has none. `said` are the
    further elements of its description (see db/exchange/isad.py) with their words.
    """

    start: int
    end: int
    title: str
    level: str = "item"
    parent: int | None = None
    reference_code: str | None = None
    creator: str | None = None
    date: str | None = None
    language: str | None = None
    rights: str | None = None
    genre: str | None = None
    notes: str | None = None
    restricted: bool = False
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several sources that a file seems to hold: where it lies and what it says of itself.

    `blocks` carry offsets of the whole file's text.
    """

    start: int
    end: int
    title: str
    creator: str | None = None
    date: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the grammar may know of a source besides its words."""

    language: str | None = None
    document_date: str | None = None
    genre: str | None = None
    coverage: str | None = None
    default_currency: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A date or span named in the text: its words and what they mean as EDTF.

    `basis` is "stated" where the words say all, "relative" where another date completes them;
    `counted_from` are that date's words and where they stand, if the text has them.
    """

    start: int
    end: int
    text: str
    date: str
    basis: Literal["stated", "relative"] = "stated"
    rules: tuple[str, ...] = ()
    counted_from: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that a text states, as the grammar reads it; the fields are command-line.md's.

    `value` is in the plain unit (money: the major unit); `value_high` the other end of a range
    or of "from A to B". `date` is the EDTF period it speaks of. `rules` are the stable ids of the
    rules that made it, in the order they acted; `why` are (part, words, start, end) with the
    words of the text each part rests on.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: float
    value_high: float | None = None
    approx: Approx = "exact"
    unit: str | None = None
    per: str | None = None
    of: str | None = None
    giver: str | None = None
    receiver: str | None = None
    modality: Modality | None = None
    nature: Nature | None = None
    date: str | None = None
    date_basis: DateBasis = "none"
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    why: tuple[tuple[str, str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What the linter noticed in a text: a finding that is never an edit."""

    start: int
    end: int
    kind: Literal["numeral", "name"]
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the grammar proposes for one text; figures and periods in the text's order."""

    figures: tuple[Figure, ...] = ()
    periods: tuple[Period, ...] = ()
    remarks: tuple[Remark, ...] = ()
    grammar: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A thing described and kept, as the library lists it."""

    id: int
    uuid: str
    parent_id: int | None
    level: str
    reference_code: str | None
    title: str
    creator: str | None
    date: str | None
    language: str | None
    genre: str | None
    file_name: str | None
    media_type: str | None
    sha256: str | None
    passages: int
    figures: int
    rights: str | None = None
    notes: str | None = None
    restricted: bool = False
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored slice of a text: `text` equals the source's text at [start, end)."""

    id: int
    source_id: int
    ordinal: int
    start: int
    end: int
    kind: PassageKind
    page: str | None
    text: str


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure of the archive: what was read, where it stands, and what a person decided."""

    id: int
    source_id: int
    source_title: str
    passage_id: int
    status: FigureStatus
    figure: Figure


@dataclass(frozen=True, slots=True)
class KeptPeriod:
    """A period of the archive and the passage it stands in."""

    source_id: int
    passage_id: int
    period: Period


class Hit(NamedTuple):
    """A passage that answers a query; `matches` are spans of the source's text."""

    passage_id: int
    source_id: int
    source_title: str
    start: int
    end: int
    matches: tuple[Span, ...]
    snippet: str
    snippet_matches: tuple[Span, ...]
    score: float
    kind: PassageKind = "paragraph"
    date: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing `Archive.check` looked at."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: a command with its inverse, in the words of the menus."""

    id: int
    label: str
    person: str | None
    at: str
    undone: bool
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that came in."""

    path: str
    source_ids: tuple[int, ...]
    passages: int
    figures: int
    encoding: str | None = None
    encoding_is_sure: bool = True
    parts_proposed: int = 0
    remarks: tuple[str, ...] = ()


AnnotationKind = Literal["highlight", "note", "bookmark", "memo", "journal"]


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation, a tag or an end of a link is about: one thing of the archive.

    A span is `source_id` with `start` and `end` in code points of its present text (or of
    `text_id`); a source alone is the source; nothing at all is the archive (a journal entry).
    """

    source_id: int | None = None
    start: int | None = None
    end: int | None = None
    figure_id: int | None = None
    series_id: int | None = None
    finding_id: int | None = None
    plot_id: int | None = None
    annotation_id: int | None = None
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a person added, to what, with the words it stands on as a W3C quote selector.

    `start` and `end` are code points of the text version `text_id`. One with `orphaned_at` waits
    on the orphan shelf: its words are those of an older text. `deleted_at` lies in the bin.
    """

    id: int
    uuid: str
    kind: AnnotationKind
    target: Target
    source_title: str | None = None
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    body: str | None = None
    colour: str | None = None
    person: str | None = None
    made_at: str = ""
    changed_at: str | None = None
    orphaned_at: str | None = None
    deleted_at: str | None = None
    tag_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the tree; `count` is what carries it, `count_below` what carries it or one below."""

    id: int
    uuid: str
    parent_id: int | None
    name: str
    colour: str | None = None
    letter: str | None = None
    description: str | None = None
    count: int = 0
    count_below: int = 0


@dataclass(frozen=True, slots=True)
class Tagging:
    """One thing that carries a tag: an annotation (a span), a source or a figure."""

    id: int
    uuid: str
    tag_id: int
    target: Target


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link, with what is needed to say it and to go there.

    `words` are the span's or the figure's, else the source's title; `is_gone` is true of an end
    that lies in the bin.
    """

    target: Target
    source_title: str | None
    words: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A typed relation between two things of the archive."""

    id: int
    uuid: str
    relation: str
    from_: End
    to: End
    note: str | None = None
    person: str | None = None
    made_at: str = ""


UNKNOWN_PARENT = "unknown_parent"  # the remark about a row whose parent is no source


@dataclass(slots=True)
class Report:
    """What an import did: every path asked for is in exactly one of the three lists."""

    imported: list[Imported] = field(default_factory=list)
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    failed: list[tuple[str, ArchiveError]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def misplaced(self) -> list[tuple[str, str]]:
        """What came in without the parent it was to have, with the remark that says so."""
        return [
            (each.path, remark)
            for each in self.imported
            for remark in each.remarks
            if remark.startswith(UNKNOWN_PARENT)
        ]
