"""TEI P5: texts with their pages and passages, figures as measure and num, periods as date, notes.

Where two things cross and cannot stand inside one another, the later one is marked by anchors and
told at the end, as notes are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import BinaryIO

from db import edtf, figures, sources
from db.archive import version
from db.exchange import notes, xml_tree
from db.exchange.chosen import Chosen, Outgoing
from db.exchange.isad import LANGUAGES
from db.exchange.notes import Added, Note
from db.exchange.tei_words import Anchor, Mark, fill
from db.exchange.xml_tree import Element, add
from db.records import Figure, KeptFigure, KeptPeriod, Passage

Progress = Callable[[int, int, str], None]

TEI = "http://www.tei-c.org/ns/1.0"


def write(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A TEI document, or a teiCorpus of several; returns how many texts."""
    texts = [each for each in going if each.source.text_id is not None]
    added = notes.added(going)
    root = None
    told: set[str] = set()  # the people who are named in the file by now
    if len(texts) != 1:
        root = xml_tree.root(TEI, "teiCorpus")
        _corpus_header(root, going)
    for at, each in enumerate(texts):
        progress(at, len(texts), each.source.title)
        made = xml_tree.root(TEI, "TEI")
        made.set(f"{{{xml_tree.XML}}}id", f"s-{each.source.uuid}")
        _header(made, going, each)
        _text(made, going, each, added, told)
        if root is None:
            root = made
        else:
            root.append(made)
    assert root is not None
    # Not indented: blanks between words are the text's own.
    xml_tree.write(file, root, pretty=False)
    progress(len(texts), len(texts), "")
    return len(texts)


def _corpus_header(root: Element, going: Chosen) -> None:
    description = add(add(root, "teiHeader"), "fileDesc")
    add(add(description, "titleStmt"), "title", going.archive.title)
    publication = add(description, "publicationStmt")
    add(publication, "publisher", going.archive.title)
    add(publication, "idno", going.archive.uuid, type="UUID")
    add(add(description, "sourceDesc"), "p", f"{len(going)} sources of one archive.")
    _made_by(root[0])


def _header(root: Element, going: Chosen, each: Outgoing) -> None:
    source = each.source
    header = add(root, "teiHeader")
    description = add(header, "fileDesc")
    titles = add(description, "titleStmt")
    add(titles, "title", source.title)
    if source.creator:
        add(titles, "author", source.creator)
    publication = add(description, "publicationStmt")
    add(publication, "publisher", going.archive.title)
    add(publication, "idno", source.uuid, type="UUID")
    if source.rights or source.restricted:
        status = "restricted" if source.restricted else None
        add(add(publication, "availability", status=status), "p", source.rights or "Restricted.")
    if source.notes:
        add(add(description, "notesStmt"), "note", source.notes)
    bibliographic = add(add(description, "sourceDesc"), "bibl")
    add(bibliographic, "title", source.title)
    if source.creator:
        add(bibliographic, "author", source.creator)
    if source.date:
        add(bibliographic, "date", edtf.in_words(source.date), **dated(source.date))
    if source.reference_code:
        add(bibliographic, "idno", source.reference_code, type="shelfmark")
    _made_by(header)
    if source.language or source.genre or each.tags:
        profile = add(header, "profileDesc")
        if source.language:
            words = LANGUAGES.get(source.language, ("", source.language))[1]
            add(add(profile, "langUsage"), "language", words, ident=source.language)
        if source.genre or each.tags:
            keywords = add(add(profile, "textClass"), "keywords")
            if source.genre:
                add(keywords, "term", source.genre, type="genre")
            for tag in each.tags:
                add(keywords, "term", tag)


def _made_by(header: Element) -> None:
    application = add(
        add(add(header, "encodingDesc"), "appInfo"), "application",
        ident="Muniment", version=version().split("+")[0],
    )  # fmt: skip
    add(application, "label", "Muniment")


def _text(root: Element, going: Chosen, each: Outgoing, added: Added, told: set[str]) -> None:
    source = each.source
    text = add(root, "text")
    if source.language:
        text.set(f"{{{xml_tree.XML}}}lang", source.language)
    body = add(text, "body")
    passages = sources.passages(going.archive, source.id)
    about_it = added.of_source(source.id)
    own = [note for note in about_it if note.is_current and note.start is not None]
    marks = _Marks(
        [kept for kept in figures.in_source(going.archive, source.id) if kept.status != "rejected"],
        figures.periods(going.archive, source.id),
        own,
    )
    writer = _Body(body)
    for passage in passages:
        writer.add(passage, marks)
    if not len(body):
        add(body, "p")
    about = [note for note in about_it if note.start is None and note.body]
    if own or about or marks.crossing:
        _back(text, own, about, marks.crossing, added, told)


class _Marks:
    """What is marked in a text, given out passage by passage."""

    def __init__(
        self, kept: Sequence[KeptFigure], periods: Sequence[KeptPeriod], own: Sequence[Note]
    ) -> None:
        self.crossing: list[tuple[str, Mark]] = []
        self._marks = [_figure(each) for each in kept]
        self._marks += [
            Mark(each.period.start, each.period.end, "date", dated(each.period.date))
            for each in periods
        ]
        self._marks.sort(key=lambda mark: (mark.start, -mark.end, mark.tag))
        self._starts = [mark.start for mark in self._marks]
        self._anchors = [
            Anchor(place, f"{side}-{note.uuid}")
            for note in own
            for place, side in ((note.start or 0, "a"), (note.end or 0, "z"))
        ]
        self._anchors.sort(key=lambda anchor: anchor.at)
        self._given = 0

    def of(self, passage: Passage, until: int) -> tuple[list[Mark], list[Anchor]]:
        """The marks that lie in a passage, and the anchors up to `until` not given out before."""
        first = bisect_left(self._starts, passage.start)
        last = bisect_left(self._starts, passage.end)
        marks = [mark for mark in self._marks[first:last] if mark.end <= passage.end]
        upto = bisect_right(self._anchors, until, lo=self._given, key=lambda each: each.at)
        taken, self._given = self._anchors[self._given : upto], upto
        return marks, taken


def _figure(kept: KeptFigure) -> Mark:
    figure = kept.figure
    attributes: dict[str, object] = {"subtype": kept.status}
    number: dict[str, object] = {}
    if figure.unit in ("percent", "fraction"):
        sort = "percentage" if figure.unit == "percent" else "fraction"
        return Mark(
            figure.start, figure.end, "num",
            attributes | {"type": sort} | _numbers(figure, "value"),
        )  # fmt: skip
    attributes |= {
        "type": figure.kind,
        "quantity": _plain(figure.value),
        # A unit is one word for TEI.
        "unit": figure.unit and figure.unit.replace(" ", "_"),
        "commodity": figure.of,
    }
    if figure.value_high is not None or figure.approx != "exact":
        number = _numbers(figure, "value")
        if figure.approx != "exact":
            number["type"] = figure.approx
    return Mark(figure.start, figure.end, "measure", attributes, number)


def _numbers(figure: Figure, name: str) -> dict[str, object]:
    """The value, the ends of a range, and which side an approximation leaves open."""
    said: dict[str, object] = {name: _plain(figure.value)}
    if figure.value_high is not None:
        ends = sorted((figure.value, figure.value_high))
        said |= {"min": _plain(ends[0]), "max": _plain(ends[1])}
    elif figure.approx == "more_than":
        said["atLeast"] = _plain(figure.value)
    elif figure.approx in ("less_than", "up_to"):
        said["atMost"] = _plain(figure.value)
    return said


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def dated(date: str) -> dict[str, object]:
    """An EDTF date as TEI's attributes; what they cannot say stands in `when-custom`."""
    if _is_iso(date):
        return {"when": date}
    first, stroke, last = date.partition("/")
    if stroke and _is_iso(first) and _is_iso(last):
        return {"from": first, "to": last}
    earliest, latest = edtf.bounds(date)
    return {
        "notBefore": earliest.isoformat() if earliest else None,
        "notAfter": latest.isoformat() if latest else None,
        "when-custom": date,
    }


def _is_iso(date: str) -> bool:
    parts = date.split("-")
    widths = [len(part) for part in parts]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return False
    return widths in ([4], [4, 2], [4, 2, 2]) and (len(parts) == 1 or int(parts[1]) <= 12)


class _Body:
    """Puts passages under one another: a heading begins a division, items gather in a list."""

    def __init__(self, body: Element) -> None:
        self._body = body
        self._at = body
        self._page: str | None = None

    def add(self, passage: Passage, marks: _Marks) -> None:
        if passage.kind == "heading":
            self._at = add(self._body, "div")
        if passage.page is not None and passage.page != self._page:
            self._page = passage.page
            # In a division nothing stands before its heading but breaks like this one.
            add(self._at, "pb", n=passage.page)
        made = self._element(passage)
        found, anchors = marks.of(passage, passage.end)
        # Names of anchors are the whole file's: no two passages may share one.
        name = f"x{passage.id}"
        marks.crossing += fill(made, passage.text, passage.start, found, anchors, name)

    def _element(self, passage: Passage) -> Element:
        match passage.kind:
            case "heading":
                return add(self._at, "head")
            case "list":
                last = self._at[-1] if len(self._at) else None
                if last is None or not str(last.tag).endswith("}list"):
                    last = add(self._at, "list")
                return add(last, "item")
            case "quotation":
                return add(self._at, "quote")
            case "footnote":
                return add(self._at, "note", place="bottom")
            case "table":
                return add(self._at, "p", rend="table")
            case "boilerplate":
                return add(self._at, "ab", type="boilerplate")
        return add(self._at, "p")


def _back(
    text: Element,
    own: Sequence[Note],
    about: Sequence[Note],
    crossing: Sequence[tuple[str, Mark]],
    added: Added,
    told: set[str],
) -> None:
    division = add(add(text, "back"), "div", type="annotations")
    for note in (*own, *about):
        tags = [added.path(tag) for tag in note.tags]
        made = add(
            division, "note", xml_id=f"n-{note.uuid}", type=note.kind, subtype=note.colour,
            resp=f"#p-{note.person_uuid}" if note.person_uuid else None,
            target=f"#a-{note.uuid}" if note.start is not None else None,
            targetEnd=f"#z-{note.uuid}" if note.start is not None else None,
        )  # fmt: skip
        if note.exact and note.start is not None:
            add(made, "quote", note.exact)
        if note.body:
            add(made, "p", note.body)
        for tag in tags:
            add(made, "term", tag)
    people = {
        note.person_uuid: note.person
        for note in (*own, *about)
        if note.person_uuid and note.person_uuid not in told
    }
    told.update(people)
    if people:
        persons = add(division, "listPerson")
        for uuid, name in people.items():
            add(add(persons, "person", xml_id=f"p-{uuid}"), "persName", name)
    if crossing:
        group = add(division, "spanGrp", type="crossing")
        for name, mark in crossing:
            said = " ".join(f"{key}={value}" for key, value in mark.told().items())
            add(group, "span", said, from_=f"#a-{name}", to=f"#z-{name}", type=mark.tag)
