"""The words an archive's index holds: forms of a word by its stem, completions, near misses."""

import bisect
import heapq
import math
import sqlite3
import threading
import weakref
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from db import folding

if TYPE_CHECKING:
    from db.archive import Archive

MOST_FORMS = 24
SHORTEST_STEMMED = 3
_STEMMERS = {
    "en": "english", "ru": "russian", "de": "german", "fr": "french", "es": "spanish",
    "it": "italian", "pt": "portuguese", "nl": "dutch",
}  # fmt: skip
_LAST = "\U0010ffff"
_MOST_KEPT = 4_000

T = TypeVar("T")


@dataclass
class _Kept:
    """What was asked of one archive in one state of it."""

    state: str = ""
    answers: dict[Any, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class _Loaded:
    """All words of an archive's index as they were in one state of it."""

    state: str
    terms: list[str]
    passages: "array[int]"


_loaded: "weakref.WeakKeyDictionary[Archive, _Loaded]" = weakref.WeakKeyDictionary()
_kept: "weakref.WeakKeyDictionary[Archive, _Kept]" = weakref.WeakKeyDictionary()
_kept_lock = threading.Lock()


def kept(archive: "Archive", key: Any, ask: Callable[[], T]) -> T:
    """The answer of `ask`, asked once for each `key` and state of the archive."""
    store, state = _store(archive)
    with store.lock:
        if key in store.answers:
            found: T = store.answers[key]
            return found
    answer = ask()
    with store.lock:
        if store.state == state:
            store.answers[key] = answer
    return answer


def known(archive: "Archive", key: Any) -> Any:
    """What `keep` kept under `key` in this state of the archive, else None."""
    store, _ = _store(archive)
    with store.lock:
        return store.answers.get(key)


def keep(archive: "Archive", key: Any, state: str, answer: Any) -> None:
    """Have `known` give `answer`, unless the archive is no longer as it was in `state`."""
    store, _ = _store(archive)
    with store.lock:
        if store.state == state:
            store.answers[key] = answer


def _store(archive: "Archive") -> tuple[_Kept, str]:
    """What is kept of the archive as it is now, and which state that is."""
    with _kept_lock:
        store = _kept.setdefault(archive, _Kept())
    state = archive.state()
    with store.lock:
        if store.state != state or len(store.answers) > _MOST_KEPT:
            store.state, store.answers = state, {}
    return store, state


def unless_damaged(work: Callable[[], T], otherwise: Callable[[], T]) -> T:
    """What `work` gives, or what `otherwise` does where the index turns out to be damaged."""
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
    return otherwise()


def forms(archive: "Archive", word: str, most: int = MOST_FORMS) -> tuple[str, ...]:
    """`word` and the archive's other words of the same stem, the commonest first."""
    return kept(archive, ("forms", word), lambda: _forms(archive, word))[:most]


def beginning(archive: "Archive", prefix: str) -> list[tuple[str, int]]:
    """The index's words that begin with `prefix` and in how many passages each is.

    The index itself counts a word's passages by reading them: 15 ms for the beginnings of "for"
    at 1,000,000 passages.
    """
    if (loaded := _loaded.get(archive)) is not None and is_up_to_date(archive):
        places = _places(loaded, prefix)
        return [(loaded.terms[at], loaded.passages[at]) for at in places]
    sql = "SELECT term, doc FROM index_terms WHERE term >= ? AND term < ?"

    def ask() -> list[tuple[str, int]]:
        return archive.reading().conn.execute(sql, [prefix, prefix + _LAST]).fetchall()

    return kept(archive, ("beginning", prefix), lambda: unless_damaged(ask, list))


def completions(archive: "Archive", prefix: str, most: int) -> list[tuple[str, int]]:
    """The commonest words of the index that begin with `prefix`, and their passages."""
    loaded = _loaded.get(archive)
    # Up to two letters are many words: a vocabulary that is a little old will do for them.
    if loaded is not None and (len(prefix) < 3 or is_up_to_date(archive)):
        chosen = heapq.nlargest(most, _places(loaded, prefix), key=loaded.passages.__getitem__)
        return [(loaded.terms[at], loaded.passages[at]) for at in chosen]
    return heapq.nlargest(most, beginning(archive, prefix), key=lambda found: found[1])


def bounds(archive: "Archive", tokens: tuple[str, ...], is_prefix: bool) -> tuple[float, float]:
    """In how many passages words stand side by side, at least and at most, by what is in memory."""
    loaded = _loaded.get(archive)
    if loaded is None or is_prefix or not is_up_to_date(archive):
        return 0, math.inf
    if any(map(folding.is_cjk, tokens)):
        return 0, math.inf  # the index holds them in pairs
    counts = []
    for token in tokens:
        at = bisect.bisect_left(loaded.terms, token)
        is_there = at < len(loaded.terms) and loaded.terms[at] == token
        counts.append(loaded.passages[at] if is_there else 0)
    return counts[0] if len(counts) == 1 else 0, min(counts)


def _places(loaded: _Loaded, prefix: str) -> range:
    first = bisect.bisect_left(loaded.terms, prefix)
    return range(first, bisect.bisect_left(loaded.terms, prefix + _LAST))


def is_up_to_date(archive: "Archive") -> bool:
    """Whether `completions` misses no word: nothing is loaded, or what is, is the present state."""
    loaded = _loaded.get(archive)
    return loaded is None or loaded.state == archive.state()


def load(archive: "Archive") -> None:
    """Read all words into memory, so that `completions` takes well under a millisecond.

    For an idle thread after opening and after an import: 0.2 s at 100,000 passages.
    """
    state = archive.state()
    if (loaded := _loaded.get(archive)) is not None and loaded.state == state:
        return
    terms: list[str] = []
    passages = array("q")
    connection = archive.reading().conn
    rows = unless_damaged(
        lambda: connection.execute("SELECT term, doc FROM index_terms").fetchall(), list
    )
    for term, count in rows:
        terms.append(term)
        passages.append(count)
    _loaded[archive] = _Loaded(state, terms, passages)


def everything(archive: "Archive") -> tuple[list[str], Sequence[int]]:
    """All words of the index in order, and in how many passages each is."""
    load(archive)
    loaded = _loaded[archive]
    return loaded.terms, loaded.passages


def has(archive: "Archive", word: str) -> bool:
    """Whether the index holds `word` or a form of it."""
    return any(has_phrase(archive, (form,)) for form in forms(archive, word))


def has_phrase(archive: "Archive", tokens: tuple[str, ...]) -> bool:
    """Whether any passage holds the words side by side, as written."""
    match = '"' + " ".join(tokens) + '"' + (" *" if folding.is_cjk(tokens[-1]) else "")
    sql = "SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1"
    connection = archive.reading().conn
    return unless_damaged(
        lambda: connection.execute(sql, [match]).fetchone() is not None, lambda: False
    )


def languages(archive: "Archive") -> frozenset[str]:
    """The languages of the archive's sources, as two letters."""
    sql = "SELECT DISTINCT substr(language, 1, 2) FROM sources WHERE language IS NOT NULL"

    def ask() -> frozenset[str]:
        return frozenset(row[0].lower() for row in archive.reading().conn.execute(sql))

    return kept(archive, "languages", ask)


def stems(word: str, spoken: Iterable[str]) -> dict[str, str]:
    """The stem of a folded word in each of the `spoken` languages that its script allows."""
    if len(word) < SHORTEST_STEMMED or not word.isalpha() or folding.is_cjk(word[0]):
        return {}
    if "\u0400" <= word[0] <= "\u04ff":
        chosen = {"ru"}
    elif word[0] < "\u0250":
        chosen = set(spoken) & _STEMMERS.keys() - {"ru"} or {"en"}
    else:
        return {}
    return {language: _stem_word(language)(word) for language in sorted(chosen)}


def _forms(archive: "Archive", word: str) -> tuple[str, ...]:
    found: dict[str, int] = {}
    for language, stem in stems(word, languages(archive)).items():
        stem_word = _stem_word(language)
        # army and armies share "armi", which neither begins with.
        root = stem[:-1] if stem.endswith("i") and len(stem) > SHORTEST_STEMMED else stem
        # What is left of a short word says nothing: Russian "заем" would be a form of "за".
        if not word.startswith(root) or len(stem) < SHORTEST_STEMMED:
            continue
        found.update(
            (term, passages)
            for term, passages in beginning(archive, root)
            if term.isalpha() and stem_word(term) == stem
        )
    found.pop(word, None)
    by_count = sorted(found, key=lambda term: (-found[term], term))
    return (word, *by_count[: MOST_FORMS - 1])


@cache
def _stem_word(language: str) -> Callable[[str], str]:
    lock = threading.Lock()  # a stemmer keeps its work inside itself
    try:
        import Stemmer

        stemmer = Stemmer.Stemmer(_STEMMERS[language])
    except ImportError:
        import snowballstemmer

        stemmer = snowballstemmer.stemmer(_STEMMERS[language])

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem
