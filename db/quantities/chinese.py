"""Reads the figures of one Chinese passage."""

import math
import re
from dataclasses import dataclass, field

from db.quantities import chinese_numerals
from db.quantities.chinese_numerals import DIGITS, MYRIADS, TENS, WHOLE, Chinese
from db.quantities.chinese_words import words
from db.quantities.numerals import Mark
from db.quantities.units import Unit
from db.records import Approx, Context, Figure, FigureKind

_START = re.compile(rf"[\d０-９{''.join((*DIGITS, *TENS, *MYRIADS, *WHOLE))}半$£€¥￥]")
_STOPS = frozenset("，。；：、！？,.;:()（）《》“”\"'「」『』\n\t 　")
_SENTENCE = frozenset("。！？；\n")
_SHARE = re.compile(r"(百|千|万)分之")
_PARTS = re.compile(r"分之")
_JOIN = re.compile(r"[至到～~—–―-]{1,2}")
_CHANGE = re.compile(
    r"[^，。；、\d一二三四五六七八九十百千万亿]{0,6}?(?:到了|至|到|为|成)(?:约|近|了)?"
)
# "十年后" is a length of time, "十年六月" a date.
_SPAN = re.compile(
    r"(?:[余多]?(?:年|个月|個月|天|周|日|个星期))(?:[之以]?[后後前来來内內间間]|时间|之久)"
)
_COMING_SPAN = frozenset(("此后", "此後", "其后", "其後", "随后", "隨後", "以后", "之后"))
_COMING = ("来犯", "来到", "来袭", "来华", "来自", "来函", "来电", "多年来")
_MOVED = re.compile(r"(?:上|下)?[跌涨升降增减落加缩扩][至到加为成]{1,2}(?:约|近|了)?")
_TO = re.compile(r"[至到]")
_NO_TENTHS = frozenset("为立功员都果本就份长")
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "￥": "CNY"}
_REACH = 9
# A unit of its own (架, 名) looks for a nearer noun only; one sign is seldom a noun further off.
_NEAR, _NEARER = 4, 2
# Small change in silver, said without 两: 五钱, 三厘五毫.
_SILVER = {"钱": 0.1, "錢": 0.1, "分": 0.01, "厘": 0.001, "釐": 0.001, "毫": 0.0001}
_FINER = "钱分厘毫"
# What 口 counts beside people, when it is named before: 猪三十口, 井两口.
_NOT_PEOPLE = frozenset(("pig", "sheep", "head", "well", "pot", "bell", "chest", "coffin", "trunk"))
_FORMATIONS = frozenset(
    ("army", "corps", "division", "brigade", "regiment", "battalion", "company", "platoon", "squad")
)
_PEOPLE_VERBS = re.compile(
    r"(?:阵亡|陣亡|死亡|受伤|负伤|失踪|被俘|溺毙|罹难|遇难|死|伤|傷|亡|毙|俘)$"
)


@dataclass(slots=True)
class _Found:
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


class _Reader:
    def __init__(self, text: str, start: int, end: int, masks: list[tuple[int, int]]) -> None:
        self.text, self.start, self.end = text, start, end
        self.masks = masks
        self.words = words()
        self.found: list[_Found] = []
        passage = text[start:end]
        self.in_silver = any(sign in passage for sign in ("银", "銀", "两钱", "饷", "毫"))

    def read(self) -> list[_Found]:
        at, mask = self.start, 0
        while True:
            begin = _START.search(self.text, at, self.end)
            if begin is None:
                return self.found
            at = begin.start()
            while mask < len(self.masks) and self.masks[mask][1] <= at:
                mask += 1
            if mask < len(self.masks) and self.masks[mask][0] <= at:
                skip = self._masked_to(at, mask)
                if skip > at:
                    at = skip
                    continue
            idiom = self._idiom(at)
            if idiom:
                at += idiom
                continue
            at = max(self._figure(at), at + 1)

    def _masked_to(self, at: int, mask: int) -> int:
        """The end of a date at `at`; a length of time inside it ("十年后") is none."""
        first, last = self.masks[mask]
        number = chinese_numerals.at(self.text, at, self.end)
        opens = first == at or self.text[first:at] in _COMING_SPAN
        if opens and number is not None and not self._is_date(number):
            span = _SPAN.match(self.text, number.end, self.end)
            if span is not None or first < at:
                return at
        return last

    def _idiom(self, at: int) -> int:
        """How far an idiom or name reaches on from `at`, 0 where there is none."""
        text = self.text
        for word in self.words.not_numbers:
            if word == "四处" and self._noun_before(at):
                continue  # "设分行四处" counts
            for shift in range(min(len(word), at - self.start + 1)):
                if text[at] == word[shift] and text.startswith(word, at - shift):
                    rest = len(word) - shift
                    number = chinese_numerals.at(text, at, self.end)
                    # "百姓" is an idiom, "三百姓氏" is none: the number must end inside it.
                    if number is None or (number.end <= at + rest and number.start == at):
                        return rest
        return 0

    def _is_date(self, number: Chinese) -> bool:
        """A year, month or day that no period covers."""
        text, end = self.text, number.end
        after = text[end : end + 1]
        width = number.end - number.start
        if after == "年":
            return (1000 <= number.value < 2100 and width == 4) or text[end : end + 2] == "年代"
        if after == "日" and number.value > 31:
            return False
        if after in ("月", "号", "時", "时", "点"):
            return number.value <= 31 and text[end : end + 2] != "时间"
        return after == "日" and number.value <= 31

    def _before(self, at: int, key: str) -> str | None:
        for word in self.words.lists.get(key, ()):
            if self.text.startswith(word, at - len(word)) and at - len(word) >= self.start:
                return word
        return None

    def _figure(self, at: int) -> int:
        text = self.text
        sign = _SIGNS.get(text[at])
        begin = at
        if sign is not None:
            begin = at + 1
            while begin < self.end and text[begin] == " ":
                begin += 1
        number = chinese_numerals.at(text, begin, self.end)
        if number is None:
            return at + 1
        if self._before(at, "ordinal") or self._is_date(number):
            return number.end
        previous = text[at - 1] if at > self.start else ""
        if number.digits and (
            (previous.isascii() and previous.isalpha()) or (previous and previous in "-№")
        ):
            return number.end
        if (
            (previous == "每" and number.value in (100, 1000, 10000))
            or (previous and previous in "数几")
            or self._before(at, "vague") in ("好几", "若干")
        ):
            return number.end
        if text.startswith("几", number.end):
            # 十几人
            return number.end + 1
        share = self._share(at, number)
        if share is not None:
            return share
        found = _Found(at, number.end, number.value, number.high, scale=number.scale)
        found.rules.append("zh.digits" if number.digits else "zh.characters")
        if number.more:
            found.approx = "more_than"
        elif number.about:
            found.approx = "about"
        if sign is not None:
            found.unit, found.kind = sign, "money"
            found.rules.append("money.sign")
        last = self._range(found, number)
        last = self._inside(found, last)
        last = self._unit(found, number, last)
        if found.unit is not None and found.high is None:
            last = self._change(found, last)
        if found.unit is None:
            if not self._implied(found, number):
                return last
            if found.high is None:
                last = self._change(found, last)
        if self._is_idle(found, number):
            return last
        self._around(found)
        self.found.append(found)
        return last

    def _share(self, at: int, number: Chinese) -> int | None:
        """百分之二十五, 三分之一, 十之四."""
        text = self.text
        if text.startswith("分之", number.end):
            above = chinese_numerals.at(text, number.end + 2, self.end)
            if above is None or not number.value:
                return number.end + 2
            found = _Found(at, above.end, above.value, above.high)
            found.rules.append("zh.share")
            later = self._range(found, above)
            if number.value == 100:
                found.unit, found.kind = "percent", "percent"
            elif number.value == 1000:
                found.unit, found.kind = "per mille", "other"
            else:
                found.value /= number.value
                found.high = None if found.high is None else found.high / number.value
                found.unit, found.kind = "fraction", "other"
            found.end = later
            later = self._second_share(found, later)
            self._around(found)
            self.found.append(found)
            return later
        if number.value == 100 and not number.digits and text.startswith("之", number.end):
            above = chinese_numerals.at(text, number.end + 1, self.end)
            if above is not None and above.value < 100:
                found = _Found(at, above.end, above.value, unit="percent", kind="percent")
                self._around(found)
                self.found.append(found)
                return above.end
        if number.value == 10 and text.startswith("之", number.end):
            above = chinese_numerals.at(text, number.end + 1, self.end)
            if above is not None and above.value < 10:
                found = _Found(at, above.end, above.value / 10, unit="fraction", kind="other")
                self._around(found)
                self.found.append(found)
                return above.end
        tenths = text.startswith("成", number.end) and not number.digits
        tenths = tenths and text[number.end + 1 : number.end + 2] not in _NO_TENTHS
        if tenths and 1 <= number.value < 10:
            tenth = chinese_numerals.at(text, number.end + 1, self.end)
            value, end = number.value * 10, number.end + 1
            if tenth is not None and (tenth.half or (not tenth.digits and tenth.value < 10)):
                value, end = value + (5 if tenth.half else tenth.value), tenth.end
            elif text.startswith("有半", end):
                value, end = value + 5, end + 2
            high = None if number.high is None else number.high * 10
            found = _Found(at, end, value, high, "percent", "percent")
            found.rules.append("zh.tenths")
            end = self._second_share(found, end)
            self._around(found)
            self.found.append(found)
            return end
        if number.half:
            return self._half(at, number)
        interest = text[max(self.start, at - 2) : at]
        if "息" in interest and text.startswith(("厘", "分"), number.end):
            monthly = "月" in interest
            worth = 1.0 if text[number.end] == "厘" else 10.0
            found = _Found(at, number.end + 1, number.value * worth * (0.1 if monthly else 1.0))
            found.unit, found.kind, found.per = "percent", "percent", "month" if monthly else "year"
            self.found.append(found)
            return number.end + 1
        if text.startswith("半", at + 1) and text[at] == "一":
            return self._half(at, Chinese(at, at + 2, 0.5, half=True))
        return None

    def _second_share(self, found: _Found, last: int) -> int:
        """百分之十至百分之十五, 三成至四成: one figure with two ends."""
        joint = _JOIN.match(self.text, last, min(last + 2, self.end))
        number = joint and chinese_numerals.at(self.text, joint.end(), self.end)
        if joint is None or number is None or found.high is not None:
            return last
        kept = len(self.found)
        end = self._share(joint.end(), number)
        if end is None or len(self.found) == kept:
            return last
        other = self.found.pop()
        if other.unit != found.unit or other.high is not None:
            self.found.append(other)
            return last
        found.high, found.end = other.value, end
        found.rules.append("range.joined")
        return end

    def _half(self, at: int, number: Chinese) -> int:
        text = self.text
        end = number.end
        if at > self.start and text[at - 1] in "上下前后後":
            return end
        whole = text[at:end] == "一半" or text.startswith("数", end)
        if whole:
            if text.startswith("数", end):
                end += 1
            found = _Found(at, end, 0.5, unit="fraction", kind="other")
        else:
            unit = self._unit_at(end)
            if at > self.start and text[at - 1] in "多过大":
                return end
            if unit is None or unit[0].kind not in ("duration", "other", "mass"):
                return end
            found = _Found(at, unit[1], 0.5, unit=unit[0].name, kind=unit[0].kind)
        self._around(found)
        self.found.append(found)
        return found.end

    def _range(self, found: _Found, number: Chinese) -> int:
        """三至五, 20—30万."""
        text, last = self.text, number.end
        joint = _JOIN.match(text, last, min(last + 2, self.end))
        if joint is None:
            return last
        second = chinese_numerals.at(text, joint.end(), self.end)
        if second is None or second.half or self._is_date(second):
            return last
        value = found.value
        if number.scale == 1 and second.scale > 1 and value <= 10 * second.value / second.scale:
            value *= second.scale
        if joint.group()[0] in "至到" or second.value > value:
            found.value, found.high = value, second.value
            found.scale = max(number.scale, second.scale)
            found.rules.append("range.joined")
            return second.end
        return last

    def _inside(self, found: _Found, last: int) -> int:
        for key, kind in (("inside_more", "more_than"), ("inside_about", "about")):
            for word in self.words.lists.get(key, ()):
                if self.text.startswith(word, last) and not self.text.startswith(_COMING, last):
                    found.approx = "more_than" if kind == "more_than" else "about"
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
        if (
            behind
            and behind not in _STOPS
            and behind not in DIGITS
            and behind not in "银不起左上以"
        ):
            return None
        return Unit("tael", "money", part), at + 1

    def _noun_at(self, at: int) -> tuple[str, int] | None:
        for length in range(min(self.words.longest_noun, self.end - at), 0, -1):
            unit = self.words.nouns.get(self.text[at : at + length])
            if unit is not None:
                return unit, at + length
        return None

    def _unit(self, found: _Found, number: Chinese, last: int) -> int:
        text = self.text
        while last < self.end and text[last] == " ":
            last += 1
        found.end = max(found.end, last if text[last - 1] != " " else number.end)
        measured = self._unit_at(last) or self._silver(number, last)
        counted = self._noun_at(last)
        longer = counted is not None and (measured is None or counted[1] > measured[1])
        if measured is not None and not longer:
            return self._measured(found, measured, number)
        if found.unit is not None:
            return last
        for length in (3, 2, 1):
            measure = text[last : last + length]
            if len(measure) == length and measure in self.words.measures:
                return self._counted(found, measure, last + length, number)
        if counted is not None:
            found.unit, found.end = counted[0], counted[1]
            found.rules.append("noun.lexicon")
            return counted[1]
        return last

    def _measured(self, found: _Found, measured: tuple[Unit, int], number: Chinese) -> int:
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
        if text.startswith("半", last) and unit.kind != "percent":
            found.value, found.end = found.value + 0.5, last + 1
            return last + 1
        if unit.kind == "duration" and text.startswith("间", last):
            found.end = last + 1
        return found.end

    def _money(self, found: _Found, unit: Unit, last: int) -> int:
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
            if text[step] in _STOPS or text[step].isdigit():
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
            if best is not None and found[0] == "soldier":
                # 三个团兵力 are three regiments.
                break
            best, step = found, found[1]
        return best

    def _counted(self, found: _Found, measure: str, last: int, number: Chinese) -> int:
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
            if self.text[at] in _SENTENCE:
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

    def _change(self, found: _Found, last: int) -> int:
        """由850千减至500千, 从8500人增加到5000人: one figure with two ends."""
        text = self.text
        opened = any(text.startswith(word, found.start - 1) for word in ("由", "从", "自"))
        joints = _CHANGE if opened else _TO
        if (not opened and "unit." in " ".join(found.rules)) or found.unit == "percent":
            joints = _CHANGE if opened else _JOIN
        joint = joints.match(text, last, min(last + 10, self.end))
        if joint is None and not opened:
            joint = _MOVED.match(text, last, min(last + 6, self.end))
        if joint is None:
            return last
        second = chinese_numerals.at(text, joint.end(), self.end)
        if second is None or self._is_date(second) or second.half:
            return last
        after = self._inside(found, second.end)
        other = _Found(second.start, after, second.value)
        end = self._unit(other, second, after)
        if other.unit != found.unit and (other.unit is not None or not opened):
            return last
        found.high = other.value
        found.end = max(other.end, second.end)
        found.rules.append("range.from")
        return max(end, found.end)

    def _implied(self, found: _Found, number: Chinese) -> bool:
        """A number without unit: only a large one, and only after another figure."""
        text = self.text
        counts = number.more and number.value >= 10
        lead = text[max(self.start, found.start - 4) : found.start].rstrip("约近逾仅共计达")
        if _PEOPLE_VERBS.search(lead) and text[found.end : found.end + 1] in _STOPS | {""}:
            found.unit = "person"
            found.rules.append("ellipsis.people")
            return True
        if not (number.digits or number.scale > 1 or number.value >= 100 or counts):
            return False
        before = self._noun_before(found.start)
        if before is not None:
            found.unit = before
            found.rules.append("noun.before")
            found.confidence = 0.7
            return True
        if not self.found:
            return False
        other = self.found[-1]
        if any(sign in _SENTENCE for sign in text[other.end : found.start]):
            return False
        if other.kind == "duration" or (number.scale == 1 and number.value < 10):
            return False
        found.unit, found.kind, found.per = other.unit, other.kind, other.per
        if other.unit == "percent" and found.value > 100:
            return False
        found.rules.append("ellipsis.last_unit")
        found.doubts.append("unit_implied")
        found.confidence = 0.6
        return True

    def _is_idle(self, found: _Found, number: Chinese) -> bool:
        """一个, 一次, 一年: mostly no count but an article."""
        if number.digits or found.value != 1 or found.high is not None:
            return False
        if found.kind in ("money", "mass", "percent"):
            return False
        follows = self.text[number.end : number.end + 1]
        if follows == "部":
            return True
        if found.unit in _FORMATIONS and follows in "个個":
            return False
        if "noun.before" in found.rules:
            return False
        return follows in self.words.lists.get("skip_one", ()) or found.kind == "duration"

    def _around(self, found: _Found) -> None:
        at = found.start
        for _ in range(3):
            for kind in ("up_to", "less_than", "more_than", "almost", "about"):
                if self._before(at, kind):
                    found.approx = _kind(kind)
                    break
            else:
                word = self._before(at, "pass")
                if word is None:
                    break
                at -= len(word)
                continue
            break
        for key, kind in (
            ("behind_more", "more_than"),
            ("behind_less", "less_than"),
            ("behind_about", "about"),
        ):
            if any(self.text.startswith(w, found.end) for w in self.words.lists.get(key, ())):
                found.approx = _kind(kind)
        window = self.text[max(self.start, found.start - 10) : found.start]
        each = window.rfind("每")
        if each >= 0 and not any(sign in _STOPS for sign in window[each:]):
            unit = self._unit_at(found.start - len(window) + each + 1)
            if unit is not None and unit[0].kind in ("duration", "mass", "other"):
                found.per = unit[0].name
            elif window.startswith(("人", "名"), each + 1):
                found.per = "person"


def _kind(name: str) -> Approx:
    kinds: dict[str, Approx] = {
        "up_to": "up_to",
        "less_than": "less_than",
        "more_than": "more_than",
        "almost": "almost",
        "about": "about",
    }
    return kinds[name]


def figures(
    text: str,
    start: int,
    end: int,
    masks: list[tuple[int, int]],
    language: str,
    decimal: Mark,
    context: Context,
) -> list[Figure]:
    """The figures of text[start:end]."""
    return [
        Figure(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            kind=found.kind,
            value=found.value,
            value_high=found.high,
            approx=found.approx,
            unit=found.unit,
            per=found.per,
            of=found.of,
            nature="rate" if found.per else "share" if found.unit == "percent" else None,
            confidence=found.confidence,
            doubts=tuple(found.doubts),
            rules=tuple(found.rules),
            why=(("unit", text[found.start : found.end], found.start, found.end),),
        )
        for found in _Reader(text, start, end, masks).read()
    ]
