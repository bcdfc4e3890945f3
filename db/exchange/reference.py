"""A bibliographic reference as BibTeX, RIS and CSL-JSON share it, made from a source and back."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from db import edtf
from db.exchange.chosen import Chosen, Outgoing

# Words that name a genre of source -> the type that CSL knows. What is not here is a document.
_TYPES: tuple[tuple[str, str], ...] = (
    ("newspaper", "article-newspaper"),
    ("magazine", "article-magazine"),
    ("journal article", "article-journal"),
    ("article", "article-journal"),
    ("chapter", "chapter"),
    ("book", "book"),
    ("letter", "personal_communication"),
    ("telegram", "personal_communication"),
    ("mail", "personal_communication"),
    ("interview", "interview"),
    ("speech", "speech"),
    ("report", "report"),
    ("thesis", "thesis"),
    ("manuscript", "manuscript"),
    ("diary", "manuscript"),
    ("treaty", "treaty"),
    ("law", "legislation"),
    ("map", "map"),
    ("web", "webpage"),
)
TYPES = frozenset(kind for _, kind in _TYPES) | {"document"}


@dataclass(frozen=True, slots=True)
class Name:
    """A creator: `family` and `given` where they can be told apart, else only `literal`."""

    literal: str = ""
    family: str = ""
    given: str = ""

    def __str__(self) -> str:
        if self.literal:
            return self.literal
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Reference:
    """What a bibliography knows of a source; `date` is EDTF, `kind` one of CSL's types."""

    key: str
    title: str
    kind: str = "document"
    authors: tuple[Name, ...] = ()
    date: str | None = None
    language: str | None = None
    genre: str | None = None
    reference_code: str | None = None
    archive: str | None = None
    rights: str | None = None
    notes: str | None = None
    uuid: str | None = None
    tags: tuple[str, ...] = field(default=())

    @property
    def creator(self) -> str | None:
        """The authors as a source keeps them."""
        return "; ".join(str(name) for name in self.authors) or None


def names(creator: str | None) -> tuple[Name, ...]:
    """The people and bodies in a source's creator: “Ada Reed; Ministry of Ports”.

    A name is split only where it is written “Family, Given”: nothing is guessed of the others.
    """
    found = []
    for part in (creator or "").split(";"):
        family, comma, given = (each.strip() for each in part.strip().partition(","))
        if comma and family and given and "," not in given:
            found.append(Name(family=family, given=given))
        elif part.strip():
            found.append(Name(literal=part.strip()))
    return tuple(found)


def kind(genre: str | None) -> str:
    """The CSL type that fits a genre; “document” where none does."""
    said = (genre or "").casefold()
    if said in TYPES:
        return said
    return next((found for words, found in _TYPES if words in said), "document")


def all(going: Chosen) -> list[Reference]:
    """A reference a source, each with a key of its own; only sources that hold a text or a genre.

    What merely holds others together (a fonds, a series) is no reference.
    """
    taken: set[str] = set()
    found = []
    for each in going:
        if each.source.level in ("fonds", "series") and each.source.text_id is None:
            continue
        found.append(of(going, each, taken))
    return found


def of(going: Chosen, each: Outgoing, taken: set[str] | None = None) -> Reference:
    """The reference of one source; its key is none of `taken` and is put among them."""
    source = each.source
    authors = names(source.creator)
    key = _key(authors, source.date, source.title, set() if taken is None else taken)
    return Reference(
        key, source.title, kind(source.genre), authors, source.date, source.language,
        source.genre, source.reference_code, going.archive.title, source.rights, source.notes,
        source.uuid, each.tags,
    )  # fmt: skip


def year(date: str | None) -> str | None:
    """The first year of an EDTF date."""
    if not date:
        return None
    earliest, latest = edtf.bounds(date)
    at = earliest or latest
    return None if at is None else f"{at.year:04}"


_WORD = re.compile(r"[^\W_]{2,40}")
_STOP = frozenset({"the", "and", "of", "on", "in", "to", "from", "der", "die", "das", "les", "des"})


def _key(authors: Iterable[Name], date: str | None, title: str, taken: set[str]) -> str:
    first = next(iter(authors), None)
    who = "" if first is None else (first.family or first.literal.split()[-1])
    words = [word for word in _WORD.findall(title) if word.casefold() not in _STOP]
    parts = (_ascii(who), year(date) or "", _ascii(words[0]) if words else "")
    made = "".join(parts) or "source"
    key, n = made, 1
    while key in taken:
        n += 1
        key = f"{made}-{n}"
    taken.add(key)
    return key


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]", "", plain).lower()
