"""Where words of one text stand in another: exactly and without doubt, or as ranked candidates.

Pure: knows no archive. A place is sure only if the words, with what stood before and after them,
occur once in the old text and once in the new one, or as often in both and untouched by any edit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.records import Span

CONTEXT = 32
GRAM = 32  # letters by which one pass over a text finds the beginnings of all needles
CHUNK = 20_000
LONGEST_NEEDLE = 400  # of longer words the beginning and the end are looked for
LEAST_SCORE = 55.0
SCORE_OF_THE_SAME = 60.0  # the very words count for something in any company
NEARNESS = 25.0  # what standing at the expected place is worth, in points of score
FAR = 300  # characters away from it, where that is worth nothing
NEIGHBOUR, NEIGHBOURS = 48, 30  # characters of a stretch, and how many on each side are tried
LEAST_NEIGHBOURS = 4  # letters on each side that make a neighbourhood
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where words might stand now; `score` is 0 to 100, `is_same` if they are the same."""

    start: int
    end: int
    score: float
    is_same: bool


def sure_places(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """For each span of `old` where its words stand in `new`; None where there is any doubt."""
    if old == new:
        return list(spans)
    first, last = _same_ends(old, new)
    shift = len(new) - len(old)
    around = [
        Span(max(0, span.start - CONTEXT), min(len(old), span.end + CONTEXT)) for span in spans
    ]
    needles = [old[each.start : each.end] for each in around]
    before, after = occurrences(old, needles), occurrences(new, needles)
    found: list[Span | None] = []
    for span, wide, needle in zip(spans, around, needles, strict=True):
        there, here = before[needle], after[needle]
        place: Span | None = None
        if len(there) == len(here) == 1:
            begins = here[0] + span.start - wide.start
            place = Span(begins, begins + span.end - span.start)
        elif len(there) == len(here):
            # Words said twice: sure only where nothing up to them, or nothing from them on, changed.
            if wide.end <= first:
                place = span
            elif wide.start >= len(old) - last:
                place = Span(span.start + shift, span.end + shift)
        found.append(place)
    return found


def occurrences(text: str, needles: Iterable[str]) -> dict[str, list[int]]:
    """Where each needle begins in `text`, all in one pass: 20,000 needles in 1 MB in some 0.5 s."""
    found: dict[str, list[int]] = {needle: [] for needle in needles}
    # By beginning, then by length: in a text of formulas thousands of needles begin alike, and
    # to look at each of them at each place took minutes.
    by_gram: dict[str, dict[int, set[str]]] = {}
    for needle in found:
        if len(needle) >= GRAM:
            by_gram.setdefault(needle[:GRAM], {}).setdefault(len(needle), set()).add(needle)
        elif needle:
            at = text.find(needle)
            while at >= 0:
                found[needle].append(at)
                at = text.find(needle, at + 1)
    if by_gram:
        for at in range(len(text) - GRAM + 1):
            lengths = by_gram.get(text[at : at + GRAM])
            if lengths is None:
                continue
            for length, same in lengths.items():
                words = text[at : at + length]
                if words in same:
                    found[words].append(at)
    return found


def candidates(
    exact: str, prefix: str, suffix: str, new: str, expected: int | None = None
) -> list[Candidate]:
    """Places of `new` that the words might have gone to, the likeliest first.

    `expected` is where they would stand if only text before them had changed length: what stands
    there goes before a twin elsewhere, however alike that is.
    """
    if not exact.strip() or not new:
        return []
    prefix, suffix = prefix[-CONTEXT:], suffix[:CONTEXT]
    places = {Span(at, at + len(exact)) for at in occurrences(new, [exact])[exact][:200]}
    places |= _between(len(exact), prefix, suffix, new) | _alike(exact, prefix, suffix, new)
    scored = [_scored(each, exact, prefix, suffix, new) for each in places]
    scored.sort(key=lambda each: (-each.score - _nearness(each, expected), each.start))
    kept: list[Candidate] = []
    for each in scored:
        if each.score < LEAST_SCORE or len(kept) == MOST_CANDIDATES:
            break
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return kept


def expected_place(old: str, new: str, span: Span) -> int | None:
    """Where a span of `old` should begin in `new`, by its nearest neighbours that both say once."""
    nearest: tuple[int, int] | None = None
    for step in range(1, NEIGHBOURS + 1):
        for at in (span.start - step * NEIGHBOUR, span.end + (step - 1) * NEIGHBOUR):
            words = old[at : at + NEIGHBOUR] if at >= 0 else ""
            if len(words) < NEIGHBOUR or old.count(words) != 1 or new.count(words) != 1:
                continue
            place = new.index(words) + span.start - at
            nearest = nearest or (step, place)
        if nearest is not None:
            return nearest[1]
    first, last = _same_ends(old, new)
    if span.start < first:
        return span.start
    return span.start + len(new) - len(old) if span.end > len(old) - last else None


def _nearness(candidate: Candidate, expected: int | None) -> float:
    if expected is None:
        return 0.0
    away = abs(candidate.start - expected)
    return NEARNESS * max(0.0, 1 - away / FAR) + (NEARNESS if away <= 2 else 0.0)


def _between(length: int, prefix: str, suffix: str, new: str) -> set[Span]:
    """What stands between the same neighbours as before: as many letters of them as are found."""
    for letters in (CONTEXT, CONTEXT // 2, CONTEXT // 4):
        before, after = prefix[-letters:], suffix[:letters]
        if len(before.strip()) < LEAST_NEIGHBOURS or len(after.strip()) < LEAST_NEIGHBOURS:
            continue
        found: set[Span] = set()
        at = new.find(before)
        while at >= 0 and len(found) < MOST_CANDIDATES:
            start = at + len(before)
            end = new.find(after, start, start + 2 * length + 2 * CONTEXT + len(after))
            if end > start:
                found.add(Span(start, end))
            at = new.find(before, at + 1)
        if found:
            return found
    return set()


def _alike(exact: str, prefix: str, suffix: str, new: str) -> set[Span]:
    """The best place of each chunk of the text, by the words themselves and with their context."""
    from rapidfuzz import fuzz

    head = exact[:LONGEST_NEEDLE]
    lead = prefix
    found: set[Span] = set()
    needle = lead + head + (suffix if len(exact) <= LONGEST_NEEDLE else "")
    step = max(CHUNK, 4 * len(needle))
    for start in range(0, len(new), step):
        chunk = new[max(0, start - len(needle)) : start + step + len(needle)]
        offset = max(0, start - len(needle))
        for words, before in ((needle, len(lead)), (head, 0)):
            place = fuzz.partial_ratio_alignment(words, chunk, score_cutoff=LEAST_SCORE)
            if place is None or place.score < LEAST_SCORE:
                continue
            begins = offset + place.dest_start + max(0, before - place.src_start)
            ends = begins + len(head)
            if len(exact) > LONGEST_NEEDLE:
                ends = _tail_end(exact, new, begins)
            found.add(_whole_words(new, begins, min(ends, len(new))))
    return {span for span in found if span.start < span.end}


def _tail_end(exact: str, new: str, begins: int) -> int:
    from rapidfuzz import fuzz

    window = new[begins : begins + len(exact) * 3 // 2 + LONGEST_NEEDLE]
    place = fuzz.partial_ratio_alignment(exact[-LONGEST_NEEDLE // 2 :], window)
    return begins + (place.dest_end if place is not None else len(exact))


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span grown to the ends of the words it cuts, and without blanks at its ends."""
    for _ in range(30):
        if not (0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum()):
            break
        start -= 1
    for _ in range(30):
        if not (0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum()):
            break
        end += 1
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _scored(span: Span, exact: str, prefix: str, suffix: str, new: str) -> Candidate:
    from rapidfuzz import fuzz

    said = new[span.start : span.end]
    before = new[max(0, span.start - CONTEXT) : span.start]
    after = new[span.end : span.end + CONTEXT]
    words = 100.0 if said == exact else fuzz.ratio(exact, said)
    around = fuzz.ratio(prefix + suffix, before + after)
    score = (words + around) / 2
    if said == exact:
        score = max(score, SCORE_OF_THE_SAME)
    return Candidate(span.start, span.end, round(score, 1), said == exact)


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters both texts begin and end with alike, not counted twice."""
    shorter = min(len(old), len(new))
    first = _common(old, new, shorter)
    last = _common(old[::-1], new[::-1], shorter - first)
    return first, last


def _common(one: str, other: str, most: int) -> int:
    """The length of the common beginning, by halving: each comparison is one pass in C."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
