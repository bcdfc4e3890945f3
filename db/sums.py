"""Totals held against their parts: in a sentence, over sentences of a passage, down a list."""

import re
from collections.abc import Iterator, Sequence

from db import cues, partitions, wholes
from db.kinds import is_kind_of
from db.noticed import Noticed, Sentence, Stated, Told, family, sentences
from db.reckoning import FEWEST_PARTS, Candidate, best

FURTHEST_PART = 200  # characters from a total to its first part
SENTENCES_BACK = 6
_AND = re.compile(r"^[\s,]{0,3}(?:and|et|und|и|和|及|与)[\s]{0,2}(?:some |about )?$")
_PUNCTUATION = re.compile(r"^\s{0,2}[,(（，:—–-]{1,2}\s{0,2}$")
# "30 dollars for the horse, 20 for the cart" are no parts of 30.
_PREPOSITION = re.compile(
    r"\b(?:for|in|to|from|on|at|of|by|with|during|against|per|and|für|im|in|am|auf|von|mit|und"
    r"|pour|en|dans|à|au|par|et|на|в|за|с|из|по|и)\b"
)
# "564 total, 524 usable": the word belongs to the figure before it.
_OF_THE_OTHER = re.compile(r"^\s{0,2}(?:in )?total\s{0,2}[,;)]", re.IGNORECASE)
_RAISED = re.compile(
    r"\b(?:bring|brought|rais|swell|increas|lift)\w{0,4}\b.{0,30}\bto\b", re.DOTALL
)
_IN_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_OUT_OF = re.compile(r"(?:\bout of|\bof|\bvon|\bsur|\bиз)\s+(?:the |den |les )?$")


def find(passages: Sequence[Told], language: str | None = None) -> list[Noticed]:
    """The sums that the passages of one source state, one for each total, in the text's order."""
    candidates: list[Candidate] = []
    for passage in passages:
        told = sentences(passage, language)
        for index, sentence in enumerate(told):
            candidates += _in_sentence(sentence)
            candidates += _over_sentences(told, index)
            candidates += partitions.find(told, index)
    candidates += _in_lists(passages, language)
    candidates += _of_kinds(passages, language)
    return best(candidates)


# -- in one sentence ------------------------------------------------------------------------------


def _in_sentence(sentence: Sentence) -> Iterator[Candidate]:
    figures = sentence.figures
    for index, total in enumerate(figures):
        if not wholes.may_be_total(total):
            continue
        for after in wholes.part_sets(sentence, total, figures[index + 1 :]):
            yield from _total_first(sentence, total, after)
        for before in wholes.part_sets(sentence, total, figures[:index]):
            yield from _total_last(sentence, total, before)


def _is_bracketed(sentence: Sentence, part: Stated) -> bool:
    """Whether a figure stands alone in its brackets: "rent ($300,000) and books ($200,000)"."""
    before, after = sentence.before(part, 3).rstrip(), sentence.after(part, 3).lstrip()
    return before.endswith(("(", "（", "[")) and after.startswith((")", "）", "]"))


def _is_mixed(total: Stated, parts: Sequence[Stated]) -> bool:
    return any(
        not family(part, total) and not is_kind_of(part.figure.unit, total.figure.unit)
        for part in parts
    )


def _total_first(
    sentence: Sentence, total: Stated, parts: tuple[Stated, ...]
) -> Iterator[Candidate]:
    gap = sentence.gap(total, parts[0])
    if len(gap) > FURTHEST_PART:
        return
    # "manufactures 87 per cent (including machines), raw materials 5" introduces nothing.
    least, most, rule = _introduced(_IN_BRACKETS.sub(" ", gap))
    if not rule and all(_is_bracketed(sentence, part) for part in parts):
        least, most, rule = 0.8, 1.25, "in brackets"
    if not rule and _is_marked(sentence, total, parts[0]):
        least, most, rule = 0.85, 1.15, "total"
        among = sentence.passage.between(total.figure.end, parts[-1].figure.start)
        if cues.CASUALTIES.search(gap) or ";" in among:
            # "64 total, 50 usable; 9 paved": what clauses of their own say need not be parts.
            least = most = 1.0
    if rule:
        if _is_mixed(total, parts):
            least, most = max(least, 0.8), min(most, 1.25)
        yield Candidate(total, parts, (sentence.passage,), rule, least, most)
        yield from _shorter(total, parts, sentence, rule)
    elif wholes.are_of_its_time(total, parts):
        yield from _apposed(sentence, total, parts, gap)


def _apposed(
    sentence: Sentence, total: Stated, parts: tuple[Stated, ...], gap: str
) -> Iterator[Candidate]:
    """Parts behind a comma, without a word that says so: "60 men, 40 on foot and 20 mounted"."""
    if wholes.is_bare(total):
        return  # a member of a list of bare numbers, not what they come to
    beside = bool(_PUNCTUATION.match(gap))
    verb_between = gap.rstrip().endswith(",") and not _PREPOSITION.search(gap) and len(gap) < 40
    if not beside and not verb_between:
        return
    if not beside and not all(wholes.is_bare(part) for part in parts):
        return
    if not _are_bare_or_sorts(total, parts):
        return
    least = most = 1.0
    if beside and cues.MOSTLY.search(sentence.after(parts[0], 20) + parts[0].figure.text):
        least, most = 0.9, 1.25  # "70,000 bales, 40,000 of which were exported and 30,000 kept"
    elif beside and _OUT_OF.search(sentence.before(total, 20)):
        least, most = 0.95, 1.2
    yield Candidate(total, parts, (sentence.passage,), "apposition", least, most)


def _introduced(gap: str) -> tuple[float, float, str]:
    """Between which ratios parts behind these words may differ from their total, and the rule."""
    if cues.OPEN.search(gap):
        return 0.95, 2.0, "open list"
    if cues.MOSTLY.search(gap):
        return 0.8, 2.0, "of which"
    if cues.CLOSED.search(gap):
        return 0.6, 1.8, "list"
    return 1.0, 1.0, ""


def _shorter(
    total: Stated, parts: tuple[Stated, ...], sentence: Sentence, rule: str
) -> Iterator[Candidate]:
    """Fewer parts, where the sentence goes on to other things; only if they agree exactly."""
    for count in range(len(parts) - 1, FEWEST_PARTS - 1, -1):
        yield Candidate(total, parts[:count], (sentence.passage,), rule, 1.0, 1.0)


def _is_marked(sentence: Sentence, total: Stated, first: Stated) -> bool:
    """Whether the words around a figure that stands before its parts call it a total."""
    if cues.TOTAL.search(_just_before(sentence, total)):
        return True
    return bool(cues.TOTAL.search(sentence.gap(total, first)[:25]))


def _just_before(sentence: Sentence, total: Stated) -> str:
    """The words in front of a figure, no further than the figure before it."""
    at = sentence.figures.index(total)
    words = sentence.before(total, 60)
    if at:
        gap = sentence.gap(sentence.figures[at - 1], total)
        words = words[-len(gap) :] if gap else ""
        words = _OF_THE_OTHER.sub("", words)
    return words


def _are_bare_or_sorts(total: Stated, parts: Sequence[Stated]) -> bool:
    """Whether parts borrow the total's noun ("60 men, 40 on foot and 20 mounted") or are sorts."""
    alike = all(family(part, total) for part in parts)
    if alike and (
        all(wholes.is_bare(p) for p in parts) or cues.MOSTLY.search(parts[0].figure.text)
    ):
        return True
    return all(is_kind_of(part.figure.unit, total.figure.unit) for part in parts)


def _total_last(
    sentence: Sentence, total: Stated, parts: tuple[Stated, ...]
) -> Iterator[Candidate]:
    gap = sentence.gap(parts[-1], total)
    behind = re.split(r"[,;:.(]", sentence.after(total, 25), maxsplit=1)[0]
    if len(gap) > FURTHEST_PART:
        return
    if not (cues.TOTAL.search(gap) or cues.TOTAL.search(behind)):
        return
    least, most = (0.8, 1.25) if _is_mixed(total, parts) else (0.5, 2.0)
    if "=" in gap:
        least, most = 0.1, 10.0
    elif _RAISED.search(gap):
        least = most = 1.0  # "bringing it to 4 million in all": to what was there before
    yield Candidate(total, parts, (sentence.passage,), "total behind", least, most)
    for count in range(len(parts) - 1, FEWEST_PARTS - 1, -1):
        yield Candidate(total, parts[-count:], (sentence.passage,), "total behind", 1.0, 1.0)


# -- over sentences -------------------------------------------------------------------------------


def _over_sentences(told: Sequence[Sentence], index: int) -> Iterator[Candidate]:
    sentence = told[index]
    if not sentence.figures:
        return
    if index and (cues.OF_THESE.match(sentence.text) or cues.OF_THESE_ZH.match(sentence.text)):
        yield from _of_the_one_before(told[index - 1], sentence)
    for total in sentence.figures:
        alone = sum(family(each, total) for each in sentence.figures) == 1
        if not (alone and wholes.may_be_total(total) and _calls_total(sentence, total)):
            continue
        if parts := _sentences_before(told, index, total):
            yield Candidate(total, parts, (sentence.passage,), "total of sentences", 0.8, 1.25)
        if index + 1 < len(told):
            following = wholes.alike(told[index + 1], total)
            yield Candidate(total, following, (sentence.passage,), "sentences of total", 1, 1)


def _of_the_one_before(before: Sentence, sentence: Sentence) -> Iterator[Candidate]:
    for total in reversed(before.figures):
        if wholes.may_be_total(total):
            for parts in wholes.part_sets(sentence, total, sentence.figures):
                yield Candidate(total, parts, (sentence.passage,), "of these", 0.8, 1.25)


def _calls_total(sentence: Sentence, total: Stated) -> bool:
    behind = re.split(r"[,;:.(]", sentence.after(total, 30), maxsplit=1)[0]
    return bool(cues.TOTAL.search(_just_before(sentence, total)) or cues.TOTAL.search(behind))


def _sentences_before(told: Sequence[Sentence], index: int, total: Stated) -> tuple[Stated, ...]:
    found: list[Stated] = []
    for sentence in reversed(told[max(0, index - SENTENCES_BACK) : index]):
        parts = wholes.alike(sentence, total)
        if not parts:
            break
        found = [*parts, *found]
    return tuple(found)


# -- down a list ----------------------------------------------------------------------------------


def _in_lists(passages: Sequence[Told], language: str | None) -> Iterator[Candidate]:
    at = 0
    while at < len(passages):
        rows: list[Sentence] = []
        start = at
        while at < len(passages) and _is_listed(passages[at]) and _follows(passages, start, at):
            rows += [row for row in sentences(passages[at], language) if row.figures]
            at += 1
        if rows:
            before = passages[start - 1] if start else None
            intro = _introduction(before, passages[start], language)
            yield from _down_rows(rows, intro)
        at = max(at, start + 1)


def _is_listed(passage: Told) -> bool:
    return passage.kind in ("list", "table")


def _follows(passages: Sequence[Told], start: int, at: int) -> bool:
    return at == start or passages[at].ordinal - passages[at - 1].ordinal <= 1


def _introduction(before: Told | None, first: Told, language: str | None) -> Sentence | None:
    if before is None or first.ordinal - before.ordinal > 1:
        return None
    last = sentences(before, language)[-1]
    ending = last.text.rstrip()
    announces = ending.endswith((":", "：")) or cues.CLOSED.search(ending[-60:])
    return last if announces else None


def _down_rows(rows: Sequence[Sentence], intro: Sentence | None) -> Iterator[Candidate]:
    closing = rows[-1] if cues.TOTAL_LINE.match(rows[-1].text) else None
    items = rows[:-1] if closing else rows
    passages = tuple(row.passage for row in rows)
    if closing is not None:
        for column, total in enumerate(closing.figures):
            parts = _column(items, column, total)
            yield Candidate(total, parts, passages, "total of a list", 0.5, 2.0)
    if intro is not None:
        for total in reversed(intro.figures):
            least = 0.95 if cues.OPEN.search(intro.after(total)) else 0.6
            parts = _column(items, 0, total)
            around = (intro.passage, *passages)
            if wholes.may_be_total(total) and len(parts) == len(items):
                yield Candidate(total, parts, around, "list", least, 1.6)


def _column(rows: Sequence[Sentence], column: int, total: Stated) -> tuple[Stated, ...]:
    found = []
    for row in rows:
        alike = [each for each in row.figures if family(each, total)]
        if not alike and total.figure.kind == "count":
            alike = [each for each in row.figures if each.figure.kind == "count"]
        if column < len(row.figures) and row.figures[column] in alike:
            found.append(row.figures[column])
        elif alike:
            found.append(alike[0])
    return tuple(found)


# -- sorts of one thing ---------------------------------------------------------------------------


def _of_kinds(passages: Sequence[Told], language: str | None) -> Iterator[Candidate]:
    """Fighters and bombers that come to the aircraft stated nearby; told only where they agree."""
    for index, passage in enumerate(passages):
        near = [
            other
            for other in passages[max(0, index - 1) : index + 2]
            if abs(other.ordinal - passage.ordinal) <= 1
        ]
        for sentence in sentences(passage, language):
            for parts in _pairs(sentence):
                for other in near:
                    for total in other.figures:
                        if all(is_kind_of(p.figure.unit, total.figure.unit) for p in parts):
                            around = tuple(dict.fromkeys((other, passage)))
                            yield Candidate(total, parts, around, "sorts of it", 1.0, 1.0)


def _pairs(sentence: Sentence) -> Iterator[tuple[Stated, ...]]:
    for one, other in zip(sentence.figures, sentence.figures[1:], strict=False):
        if _AND.match(sentence.gap(one, other)) and one.figure.unit != other.figure.unit:
            yield one, other
