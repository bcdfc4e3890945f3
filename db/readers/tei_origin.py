"""What the head of a TEI or JATS document says of its origin, and the dates its elements give."""

from dataclasses import dataclass
from itertools import takewhile

from db import edtf
from db.readers import markup
from db.readers.markup import Element, attribute, name_of, words_of
from db.readers.origin import one_line


@dataclass(slots=True)
class Origin:
    """Title, creator, date and language as the document gives them."""

    title: str | None = None
    creator: str | None = None
    date: str | None = None
    language: str = ""


def of_header(root: Element) -> Origin:
    """What a TEI header says."""
    header = next(
        iter([*markup.all_of(root, "teiHeader"), *markup.all_of(root, "TeiHeader")]), None
    )
    origin = Origin(language=attribute(root, "lang") or "")
    if header is None:
        return origin
    statement = next(markup.all_of(header, "titleStmt"), None)
    if statement is not None:
        titles = [title for title in statement if name_of(title) == "title" and words_of(title)]
        titles.sort(key=lambda title: attribute(title, "type") not in (None, "main"))
        origin.title = one_line(words_of(titles[0])) if titles else None
        authors = [words_of(each) for each in statement if name_of(each) == "author"]
        origin.creator = "; ".join(filter(None, authors))[:300] or None
    sent = [
        action for action in markup.all_of(header, "correspAction")
        if attribute(action, "type") in ("sent", "sending")
    ]  # fmt: skip
    if sent and origin.creator is None:
        people = [*markup.all_of(sent[0], "persName"), *markup.all_of(sent[0], "orgName")]
        origin.creator = "; ".join(map(words_of, people[:5]))[:300] or None
    places = [
        *sent, *markup.all_of(header, "creation"), *markup.all_of(header, "sourceDesc"),
        *markup.all_of(header, "publicationStmt"),
    ]  # fmt: skip
    dates = (date_of(date) or _day(words_of(date)) for place in places
             for date in markup.all_of(place, "date"))  # fmt: skip
    origin.date = next(filter(None, dates), None)
    languages = [attribute(each, "ident") for each in markup.all_of(header, "language")]
    origin.language = next(filter(None, languages), None) or origin.language
    return origin


def of_article(root: Element) -> Origin:
    """What the front matter of a JATS article says."""
    origin = Origin(language=attribute(root, "lang") or "")
    meta = next(markup.all_of(root, "article-meta"), None)
    if meta is None:
        return origin
    origin.title = one_line(words_of(next(markup.all_of(meta, "article-title"), None)))
    people = []
    for contributor in markup.all_of(meta, "contrib"):
        name = next(markup.all_of(contributor, "name"), None)
        if name is not None and attribute(contributor, "contrib-type") in (None, "author"):
            given, surname = (
                words_of(markup.first(name, part)) for part in ("given-names", "surname")
            )
            people.append(f"{given} {surname}".strip())
    origin.creator = "; ".join(filter(None, people))[:300] or None
    for date in markup.all_of(meta, "pub-date"):
        parts = [words_of(markup.first(date, part)) for part in ("year", "month", "day")]
        # Where the month is a word, the day must not stand in its place.
        numbers = takewhile(bool, (markup.whole(part, 0) for part in parts))
        day = "-".join(f"{number:02}" for number in numbers)
        if day and edtf.is_valid(day):
            origin.date = day
            break
    return origin


def date_of(element: Element) -> str | None:
    """The EDTF date an element gives by its attributes; None where it gives none."""
    when = _day(attribute(element, "when") or attribute(element, "when-iso")
                or attribute(element, "value"))  # fmt: skip
    if when:
        return when
    for first, last in (("from", "to"), ("notBefore", "notAfter")):
        start, end = _day(attribute(element, first)), _day(attribute(element, last))
        if start or end:
            date = f"{start or '..'}/{end or '..'}"
            return date if edtf.is_valid(date) else None
    return None


def _day(said: str | None) -> str | None:
    day = (said or "").strip().partition("T")[0][:40]
    return day if day and edtf.is_valid(day) else None
