"""Whether a date and a figure belong to one clause: dates right behind, in brackets, of a clause."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from db.quantities.association_lengths import Lengths
from db.quantities.association_marks import Choice, Mark, Marks, own
from db.quantities.association_scope import Scope
from db.quantities.association_words import Vocabulary
from db.quantities.dateline import Datelines
from db.records import Figure

_CHARACTERS_TO_A_DATE_BEHIND = 90
_WORDS_TO_A_DATE_BEHIND = 8
_WORDS_IN_A_NEW_CLAUSE = 5
_WORDS_WHERE_ONE_STANDS_BEFORE = 2
CLAUSE_END = re.compile(r"[;:,。；，()（）]|\s[-–—]\s")
_HARD_END = re.compile(r"[;；]")
_LIST_GAP = 40
_LONGEST_CLAUSE = 600
# A date that opens its sentence holds for more of it than one further on.
_LEADING = 16


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses around the figures of one text; `_taken` are dates that stand right behind one."""

    _text: str
    _words: Vocabulary
    _scope: Scope
    _marks: Marks
    _datelines: Datelines
    _lengths: Lengths
    _starts: Sequence[int]
    _taken: set[int]

    def closes(self, mark: Mark, end: int) -> bool:
        """Whether a date stands alone in brackets at the end: "It fell after three days (6 May)"."""
        if self._text[mark.start - 1 : mark.start] != "(" or mark.is_base or mark.is_told:
            return False
        return self._text[mark.end : end].strip() in (").", ")", ");", ").”", ").»")

    def own_clause(self, figure: Figure, before: Mark | None, end: int) -> Choice | None:
        """Of "...; a line of 138 miles was finished in 1911": the clause has a date of its own."""
        if before is None:
            return None
        floor = max(before.end, figure.start - _LONGEST_CLAUSE)
        opened = self._text.rfind(";", floor, figure.start)
        behind = self._marks.first_behind(figure.end, end)
        if opened < 0 or behind is None or behind.is_base or behind.is_other or behind.is_told:
            return None
        gap = self._text[figure.end : behind.start]
        if len(gap) > 2 * _CHARACTERS_TO_A_DATE_BEHIND or _HARD_END.search(gap):
            return None
        words = gap.lower().replace(",", " ").split()
        if not (self._words.joins.isdisjoint(words) and self._words.turning.isdisjoint(words)):
            return None
        return own(behind, "date.clause")

    def outside_clause(self, figure: Figure, sentence: int, mark: Mark | None) -> Mark | None:
        """The date before the figure, not one of a clause that has closed since.

        "The guild, which had found $600,000 in August, refused a further sum": not in August.
        """
        if mark is None:
            return None
        lead = self._text[max(sentence, mark.start - 160) : mark.start]
        openings = list(self._words.relative.finditer(lead))
        if not openings:
            return self._outside_apposition(figure, sentence, mark)
        opened = openings[-1]
        # A comma ends the clause, unless what follows goes on in the same vein.
        closed = self._text.find(", ", mark.end, figure.start)
        if closed < 0 or ", " in lead[opened.end() :]:
            return mark
        words = self._text[closed + 1 : min(figure.start, closed + 60)].lower().split()
        if not words or not words[0].isalpha() or words[0] in self._words.goes_on:
            return mark
        opening = mark.start - len(lead) + opened.start()
        if bisect_left(self._starts, opening) == bisect_left(self._starts, closed):
            return mark  # the clause tells of nothing else: "which sails on the 25th, I ship"
        earlier = self._marks.last_before(opening, sentence)
        if earlier or self._datelines.at(figure.start) or self._lengths.running(sentence):
            return earlier
        return mark

    def _outside_apposition(self, figure: Figure, sentence: int, mark: Mark) -> Mark | None:
        """Of "Output, 9.1 million tons in 1911, dropped to 7.4 million": not of 1911."""
        if mark.start not in self._taken or self._text[mark.end : mark.end + 2] != ", ":
            return mark
        place = bisect_left(self._starts, mark.start) - 1
        opened = self._text[max(sentence, self._starts[place] - 12) : self._starts[place]]
        words = self._text[mark.end + 2 : min(figure.start, mark.end + 60)].lower().split()
        if not re.search(r", (?:[a-z]+ )?$", opened) or len(words) < 2:
            return mark
        if not words[0].isalpha() or words[0] in self._words.goes_on:
            return mark
        earlier = self._marks.last_before(self._starts[place], sentence)
        return earlier if earlier or self._lengths.running(sentence) else mark

    def is_right_behind(self, figure: Figure, behind: Mark, before: Mark | None) -> bool:
        """Whether the date closes the figure's own clause: "$47 million in 1939"."""
        gap = self._text[figure.end : behind.start]
        goes_on = before is not None and self._joins(before.end, figure.start)
        if goes_on and gap.startswith(", "):
            gap = gap[1:]  # "reached its height, 1.12 lakhs, in the first week of May"
        if gap.strip() == "(" and self._text[behind.end : behind.end + 1] == ")":
            return True  # "2,380 (1534), 3,055 (1547)"
        if len(gap) > _CHARACTERS_TO_A_DATE_BEHIND or CLAUSE_END.search(gap):
            return False
        if self._has_figure_between(figure, behind.start):
            return False
        if behind.is_base:
            return False
        words = gap.lower().split()
        if goes_on and words and not self._counts_behind(behind):
            return len(words) <= _WORDS_IN_A_NEW_CLAUSE
        if not self._words.ands.isdisjoint(words) and (before or self._counts_behind(behind)):
            return False
        # "Of the 300 ships built before 1900, 40 were still afloat in 1930."
        own = before is not None and before.start not in self._taken
        if own and before and self._text.find(", ", before.end, figure.start) >= 0:
            # "Opened in 1908 at a cost of £146,500, it crushed half of the canes by 1911."
            own = before.start - self._scope.sentence(figure.start)[0] < _LEADING
        limit = _WORDS_WHERE_ONE_STANDS_BEFORE if own else _WORDS_TO_A_DATE_BEHIND
        return len(words) <= limit

    def _joins(self, start: int, end: int) -> bool:
        """Whether a conjunction begins a new clause between a date and the figure behind it."""
        if bisect_left(self._starts, start) != bisect_left(self._starts, end):
            return False
        between = self._text[start:end]
        return not self._words.joins.isdisjoint(between.lower().split()) or ";" in between

    def _has_figure_between(self, figure: Figure, offset: int) -> bool:
        return bisect_left(self._starts, offset) > bisect_right(self._starts, figure.start)

    def _counts_behind(self, mark: Mark) -> bool:
        """Whether the date has a figure of its own close behind it: "and in February to 187"."""
        index = bisect_left(self._starts, mark.end)
        if index == len(self._starts) or self._starts[index] - mark.end > _LIST_GAP:
            return False
        return not CLAUSE_END.search(self._text, mark.end, self._starts[index])

    def is_verb_behind(self, figure: Figure, behind: Mark) -> bool:
        """Whether the date is that of the sentence: "The first ship, with 32 tons, sailed on 3 May"."""
        gap = self._text[figure.end : behind.start]
        if len(gap) > _CHARACTERS_TO_A_DATE_BEHIND or self._has_figure_between(
            figure, behind.start
        ):
            return False
        if behind.is_base or behind.is_other or re.search(r"[;:()—–]", gap):
            return False
        words = gap.lower().replace(",", " ").split()
        if not (self._words.joins.isdisjoint(words) and self._words.turning.isdisjoint(words)):
            return False
        if self._text[behind.end : behind.end + 1] in (";", "."):
            return True
        index = bisect_left(self._starts, behind.end)
        following = self._starts[index] if index < len(self._starts) else len(self._text)
        return len(self._text[behind.end : min(following, behind.end + 60)].split()) > 2

    def is_of_one_clause(self, figure: Figure, behind: Mark) -> bool:
        """Whether nothing between figure and date turns to another matter."""
        gap = self._text[figure.end : behind.start]
        if _HARD_END.search(gap):
            return False
        return self._words.turning.isdisjoint(gap.lower().replace(",", " ").split())
