"""What a Chinese number counts: its unit, measure word or noun, found around it."""

import math
from dataclasses import dataclass, field

from db.quantities import chinese_numerals
from db.quantities.chinese_numerals import DIGITS, Chinese
from db.quantities.chinese_words import words
from db.quantities.units import Unit
from db.records import Approx, FigureKind

STOPS = frozenset("，。；：、！？,.;:()（）《》“”\"'「」『』\n\t 　")
SENTENCE = frozenset("。！？；\n")
_COMING = ("来犯", "来到", "来袭", "来华", "来自", "来函", "来电", "多年来")
_REACH = 9
# A unit of its own (架, 名) looks for a nearer noun only; one sign is seldom a noun further off.
_NEAR, _NEARER = 4, 2
# Small change in silver, said without 两: 五钱, 三厘五毫.
_SILVER = {"钱": 0.1, "錢": 0.1, "分": 0.01, "厘": 0.001, "釐": 0.001, "毫": 0.0001}
_FINER = "钱分厘毫"
# The lists of the lexicon whose words stand before, inside and behind a number, and what they say.
_BEFORE: tuple[Approx, ...] = ("up_to", "less_than", "more_than", "almost", "about")
_INSIDE: dict[str, Approx] = {"inside_more": "more_than", "inside_about": "about"}
_BEHIND: dict[str, Approx] = {
    "behind_more": "more_than", "behind_less": "less_than", "behind_about": "about",
}  # fmt: skip
# What 口 counts beside people, when it is named before: 猪三十口, 井两口.
_NOT_PEOPLE = frozenset(("pig", "sheep", "head", "well", "pot", "bell", "chest", "coffin", "trunk"))


# Behind the noun that is counted these tell what it does.
_ACTS = frozenset(
    (
        *("soldier", "strike", "uprising", "rebellion", "demonstration", "protest", "death"),
        *("casualty", "wedding", "marriage", "battle", "exercise", "advantage", "striker"),
        *("desertion", "movement", "petition", "resignation", "arrest", "attack", "raid"),
    )
)


@dataclass(slots=True)
class Found:
    """One number of a passage on its way to a figure."""

    start: int
    end: int
    value: float
    high: float | None = None
    unit: str | None = None
    kind: FigureKind = "count"
    approx: Approx = "exact"
    per: str | None = None
    of: str | None = None
    measure: str = ""
    scale: float = 1.0
    confidence: float = 0.9
    rules: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class Counting:
    """Knows the text of one passage and what its numbers have been found to count so far."""

    def __init__(self, text: str, start: int, end: int, masks: list[tuple[int, int]]) -> None:
        self.text, self.start, self.end = text, start, end
        self.masks = masks
        self.words = words()
        self.found: list[Found] = []
        passage = text[start:end]
        self.in_silver = any(sign in passage for sign in ("银", "銀", "两钱", "饷", "毫"))

    def _before(self, at: int, key: str) -> str | None:
        for word in self.words.lists.get(key, ()):
            if self.text.startswith(word, at - len(word)) and at - len(word) >= self.start:
                return word
        return None

    def _inside(self, found: Found, last: int) -> int:
        for key, kind in _INSIDE.items():
            for word in self.words.lists.get(key, ()):
                if self.text.startswith(word, last) and not self.text.startswith(_COMING, last):
                    found.approx = kind
                    return last + len(word)
        return last

    def _unit_at(self, at: int) -> tuple[Unit, int] | None:
        for length in range(min(self.words.longest_unit, self.end - at), 0, -1):
            unit = self.words.units.get(self.text[at : at + length])
            if unit is not None:
                return unit, at + length
        return None

    def _silver(self, number: Chinese, at: int) -> tuple[Unit, int] | None:
        """五钱, 三厘五毫 in a passage that reckons in silver."""
        part = _SILVER.get(self.text[at : at + 1])
        if part is None or number.digits or not self.in_silver or number.value >= 100:
            return None
        behind = self.text[at + 1 : at + 2]
        if behind and behind not in STOPS and behind not in DIGITS and behind not in "银不起左上以":
            return None
        return Unit("tael", "money", part), at + 1

    def _noun_at(self, at: int) -> tuple[str, int] | None:
        for length in range(min(self.words.longest_noun, self.end - at), 0, -1):
            unit = self.words.nouns.get(self.text[at : at + length])
            if unit is not None:
                return unit, at + length
        return None

    def _unit(self, found: Found, number: Chinese, last: int) -> int:
        text = self.text
        while last < self.end and text[last] == " ":
            last += 1
        found.end = max(found.end, last if text[last - 1] != " " else number.end)
        measured = self._unit_at(last) or self._silver(number, last)
        counted = self._noun_at(last)
        longer = counted is not None and (measured is None or counted[1] > measured[1])
        if measured is not None and not longer:
            return self._measured(found, measured)
        if found.unit is not None:
            return last
        for length in (3, 2, 1):
            measure = text[last : last + length]
            if len(measure) == length and measure in self.words.measures:
                return self._counted(found, measure, last + length)
        if counted is not None:
            found.unit, found.end = counted[0], counted[1]
            found.rules.append("noun.lexicon")
            return counted[1]
        return last

    def _measured(self, found: Found, measured: tuple[Unit, int]) -> int:
        text = self.text
        unit, last = measured
        word = text[last - 1]
        if unit.kind == "money":
            return self._money(found, unit, last)
        if unit.name == "year" and text.startswith(("级", "代", "度", "版", "制"), last):
            return last
        if unit.name == "times" and text[last - 1] == "次":
            noun = self._noun_near(last)
            if noun is not None:
                found.unit, found.end = noun[0], noun[1]
                return noun[1]
        found.unit, found.kind, found.end = unit.name, unit.kind, last
        found.rules.append(f"unit.{unit.kind}")
        if word == "年" and text.startswith("半", last):
            found.value, found.end = found.value + 0.5, last + 1
            return last + 1
        months = chinese_numerals.at(text, last, self.end) if word == "年" else None
        if months is not None and months.value < 12 and text.startswith("个月", months.end):
            # 五年六个月
            found.value += months.value / 12
            found.end = months.end + 2
            return found.end
        if text.startswith("半", last) and unit.kind != "percent":
            found.value, found.end = found.value + 0.5, last + 1
            return last + 1
        if unit.kind == "duration" and text.startswith("间", last):
            found.end = last + 1
        return found.end

    def _money(self, found: Found, unit: Unit, last: int) -> int:
        """元角分, 两钱分; a currency said before ("美金2500万元") decides."""
        text = self.text
        found.kind, found.unit, part = "money", unit.name, unit.part
        value, high = found.value * part, found.high
        steps = {"CNY": "角分厘", "tael": _FINER}.get(unit.name, "")
        skipped = round(-math.log10(unit.part)) if steps else 0
        factor = unit.part / 10
        for step in steps[skipped:]:
            more = chinese_numerals.at(text, last, self.end)
            if more is not None and text.startswith(step, more.end) and more.value < 100:
                worth = more.value * factor
                if high is None:
                    value = value + worth
                else:
                    high = high + worth / part
                last = more.end + 1
            factor /= 10
        if text.startswith("银", last) and unit.name == "tael":
            last += 1
        found.value = value
        found.high = None if high is None else high * part
        found.end = last
        for word, name in self.words.currencies.items():
            if text.startswith(word, found.start - len(word)) and name != "tael":
                found.unit, found.start = name, found.start - len(word)
                break
        found.rules.append("money.unit")
        return last

    def _noun_near(self, at: int, reach: int = _REACH) -> tuple[str, int] | None:
        """The counted noun that follows within a few characters of the same clause."""
        text = self.text
        best: tuple[str, int] | None = None
        step = at
        while step < min(at + reach, self.end):
            if text[step] in STOPS or text[step].isdigit():
                break
            found = self._noun_at(step)
            if found is None:
                if best is not None and step > best[1]:
                    break
                step += 1
                continue
            if reach < _REACH and found[1] - step == 1 and step - at > _NEARER:
                step += 1
                continue
            if best is not None and found[0] in _ACTS:
                # 三个团兵力 are three regiments, 十二名工人罢工 twelve workers.
                break
            best, step = found, found[1]
        return best

    def _counted(self, found: Found, measure: str, last: int) -> int:
        unit = self.words.measures[measure]
        noun = self._noun_near(last, _NEAR + 1 if unit else _REACH)
        before = self._noun_before(found.start)
        if before in ("casualty", "death") and unit == "person":
            before = None
        direct = noun is not None and not self._broken(last, noun[1], unit)
        if direct and noun is not None and not (measure == "人" and unit == "person"):
            found.unit, found.end = noun[0], noun[1]
            found.of, found.measure = self.text[last : noun[1]], measure
            found.rules.append("noun.lexicon")
            return noun[1]
        found.end = last
        found.measure = measure
        if before is None and (not unit or measure == "家"):
            before = self._noun_left(found.start)
        people = measure in ("人", "户", "村") or (measure == "口" and before not in _NOT_PEOPLE)
        if before is not None and (not unit or not people):
            found.unit = before
            found.rules.append("noun.before")
        elif unit:
            found.unit = unit
            found.rules.append("measure")
            if unit == "times":
                found.kind = "other"
        else:
            found.unit = self._same_measure(measure)
            if found.unit is None and measure in self.words.defaults:
                found.unit = self.words.defaults[measure]
            if found.unit is None:
                found.unit = self._last_unit()
            if found.unit is not None:
                found.rules.append("ellipsis.last_unit")
                found.confidence = 0.6
        return last

    def _same_measure(self, measure: str) -> str | None:
        """What the same measure word counted before: 小学二百所 ... 增至三百五十所."""
        for other in reversed(self.found[-12:]):
            if other.measure == measure and other.unit:
                return other.unit
        return None

    def _broken(self, first: int, last: int, unit: str) -> bool:
        """Whether a verb or particle stands between a measure and the noun found."""
        if unit and last - first > 6:
            return True
        return any(
            sign in "在于被把将向对从了着过是有与和及并而轰击攻" for sign in self.text[first:last]
        )

    def _noun_before(self, start: int) -> str | None:
        at = start
        for _ in range(3):
            moved = False
            for key in ("pass", "about", "almost", "more_than", "less_than", "up_to"):
                word = self._before(at, key)
                if word is not None:
                    at -= len(word)
                    moved = True
                    break
            if not moved:
                break
        for length in range(min(self.words.longest_noun, at - self.start), 0, -1):
            unit = self.words.nouns.get(self.text[at - length : at])
            if unit is not None:
                return unit
        return None

    def _noun_left(self, start: int) -> str | None:
        """The last counted noun of the clause before ("工厂数由1933年的86家")."""
        floor = max(self.start, start - 18)
        for at in range(start - 1, floor - 1, -1):
            if self.text[at] in SENTENCE:
                return None
            noun = self._noun_at(at)
            if noun is not None and noun[1] <= start and noun[0] not in ("household", "family"):
                return noun[0]
        return None

    def _last_unit(self) -> str | None:
        for other in reversed(self.found[-4:]):
            if other.kind == "count" and other.unit:
                return other.unit
        return None

    def _around(self, found: Found) -> None:
        at = found.start
        for _ in range(3):
            for kind in _BEFORE:
                if self._before(at, kind):
                    found.approx = kind
                    break
            else:
                word = self._before(at, "pass")
                if word is None:
                    break
                at -= len(word)
                continue
            break
        for key, kind in _BEHIND.items():
            if any(self.text.startswith(w, found.end) for w in self.words.lists.get(key, ())):
                found.approx = kind
        window = self.text[max(self.start, found.start - 10) : found.start]
        each = window.rfind("每")
        if each >= 0 and not any(sign in STOPS for sign in window[each:]):
            unit = self._unit_at(found.start - len(window) + each + 1)
            if unit is not None and unit[0].kind in ("duration", "mass", "other"):
                found.per = unit[0].name
            elif window.startswith(("人", "名"), each + 1):
                found.per = "person"
