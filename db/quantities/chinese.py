"""Reads the figures of one Chinese passage."""

import re

from db.quantities import chinese_cues, chinese_numerals, parties
from db.quantities.chinese_counting import SENTENCE, STOPS, Found
from db.quantities.chinese_numerals import DIGITS, MYRIADS, TENS, WHOLE, Chinese
from db.quantities.chinese_shares import JOIN, Shares
from db.quantities.number_digits import undusted
from db.quantities.numerals import Mark
from db.quantities.tokens import addresses
from db.records import Context, Figure

_START = re.compile(rf"[\d０-９{''.join((*DIGITS, *TENS, *MYRIADS, *WHOLE))}半$£€¥￥]")
_CHANGE = re.compile(
    r"[^，。；、\d一二三四五六七八九十百千万亿]{0,6}?(?:到了|至|到|为|成)(?:约|近|了)?"
)
# "十年后" is a length of time, "十年六月" a date.
_SPAN = re.compile(
    r"(?:[余多]?(?:年|个月|個月|天|周|日|个星期))(?:[之以]?[后後前来來内內间間]|时间|之久)"
)
_COMING_SPAN = frozenset(("此后", "此後", "其后", "其後", "随后", "隨後", "以后", "之后"))
_MOVED = re.compile(r"(?:上|下)?[跌涨升降增减落加缩扩][至到加为成]{1,2}(?:约|近|了)?")
_TO = re.compile(r"[至到]")
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "￥": "CNY"}
# What a sum or a number of people is divided among, and does not count itself.
_PLACES = frozenset(
    (
        *("bank", "company", "firm", "province", "county", "country", "city", "town", "village"),
        *("government", "state", "factory", "shop", "district", "region", "household", "family"),
    )
)
_FORMATIONS = frozenset(
    ("army", "corps", "division", "brigade", "regiment", "battalion", "company", "platoon", "squad")
)
_PEOPLE_VERBS = re.compile(
    r"(?:阵亡|陣亡|死亡|受伤|负伤|失踪|被俘|溺毙|罹难|遇难|死|伤|傷|亡|毙|俘)$"
)


class _Reader(Shares):
    """Goes through the numbers of a passage and keeps those that count something."""

    def read(self) -> list[Found]:
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
        if opens and number is not None and not self.is_date(number):
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
                    if word == "十分" and text.startswith("之", at + rest):
                        continue  # 十分之一
                    number = chinese_numerals.at(text, at, self.end)
                    # "百姓" is an idiom, "三百姓氏" is none: the number must end inside it.
                    if number is None or (number.end <= at + rest and number.start == at):
                        return rest
        return 0

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
        if self._before(at, "ordinal") or self.is_date(number):
            return number.end
        previous = text[at - 1] if at > self.start else ""
        if number.digits and (
            (previous.isascii() and previous.isalpha()) or (previous and previous in "-№")
        ):
            return number.end
        if (
            (previous == "每" and number.value in (100, 1000, 10000))
            or (previous and previous in "数几" and not text.startswith("分之", number.end))
            or self._before(at, "vague") in ("好几", "若干")
        ):
            return number.end
        if text.startswith("几", number.end):
            # 十几人
            return number.end + 1
        share = self.share(at, number)
        if share is not None:
            return share
        measured = self._unit_at(number.end)
        if measured is not None and text.startswith(("级", "級"), measured[1]):
            return measured[1]  # 三千吨级的新船
        found = Found(at, number.end, number.value, number.high, scale=number.scale)
        found.rules.append("zh.digits" if number.digits else "zh.characters")
        if number.more:
            found.approx = "more_than"
        elif number.about:
            found.approx = "about"
        if sign is not None:
            found.unit, found.kind = sign, "money"
            found.rules.append("money.sign")
        last = self.ranged(found, number)
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
        if found.unit == "degree" and text.startswith("零下", found.start - 2):
            found.value, found.start = -found.value, found.start - 2
            found.rules.append("sign.below_zero")
        self._around(found)
        self.found.append(found)
        return last

    def _change(self, found: Found, last: int) -> int:
        """由850千减至500千, 从8500人增加到5000人: one figure with two ends."""
        text = self.text
        opened = any(text.startswith(word, found.start - 1) for word in ("由", "从", "自"))
        joints = _CHANGE if opened else _TO
        if (not opened and "unit." in " ".join(found.rules)) or found.unit == "percent":
            joints = _CHANGE if opened else JOIN
        joint = joints.match(text, last, min(last + 10, self.end))
        if joint is None and not opened:
            joint = _MOVED.match(text, last, min(last + 6, self.end))
        if joint is None:
            return last
        second = chinese_numerals.at(text, joint.end(), self.end)
        if second is None or self.is_date(second) or second.half:
            return last
        after = self._inside(found, second.end)
        other = Found(second.start, after, second.value)
        end = self._unit(other, second, after)
        if other.unit != found.unit and (other.unit is not None or not opened):
            return last
        found.high = other.value
        found.end = max(other.end, second.end)
        found.rules.append("range.from")
        return max(end, found.end)

    def _implied(self, found: Found, number: Chinese) -> bool:
        """A number without unit: only a large one, and only after another figure."""
        text = self.text
        counts = number.more and number.value >= 10
        lead = text[max(self.start, found.start - 4) : found.start].rstrip("约近逾仅共计达")
        if _PEOPLE_VERBS.search(lead) and text[found.end : found.end + 1] in STOPS | {""}:
            found.unit = "person"
            found.rules.append("ellipsis.people")
            return True
        if not (number.digits or number.scale > 1 or number.value >= 100 or counts):
            return False
        if self._of_next(found, number):
            return True
        before = self._noun_before(found.start)
        if lead.endswith(("人", "者", "民")) and before in (None, "person"):
            before = "person"  # 山东人74.2万
        if before in _PLACES and number.scale >= 10**4 and self._of_row(found):
            return True
        if before is not None:
            found.unit = before
            found.rules.append("noun.before")
            found.confidence = 0.7
            return True
        if not self.found or self.found[-1].kind == "percent":
            return self._of_row(found) or self._of_clause(found, number)
        other = self.found[-1]
        if any(sign in SENTENCE for sign in text[other.end : found.start]):
            return self._of_clause(found, number)
        if other.kind == "duration":
            return self._of_clause(found, number)
        if other.unit in _PLACES and number.scale >= 10**4 and self._of_row(found):
            return True
        if number.scale == 1 and number.value < 10:
            return False
        found.unit, found.kind, found.per = other.unit, other.kind, other.per
        if other.unit == "percent" and found.value > 100:
            return False
        found.rules.append("ellipsis.last_unit")
        found.doubts.append("unit_implied")
        found.confidence = 0.6
        return True

    def _of_next(self, found: Found, number: Chinese) -> bool:
        """As in 31万和38万人次: the unit comes with the second number."""
        text = self.text
        if text[number.end : number.end + 1] not in tuple("和与與及、"):
            return False
        second = chinese_numerals.at(text, number.end + 1, self.end)
        if second is None or self.is_date(second) or second.half:
            return False
        other = Found(second.start, second.end, second.value)
        self._unit(other, second, self._inside(other, second.end))
        if other.unit is None or "noun.before" in other.rules or other.unit == found.unit:
            return False
        found.unit, found.kind = other.unit, other.kind
        found.rules.append("ellipsis.row")
        found.confidence = 0.7
        return True

    def _of_row(self, found: Found) -> bool:
        """As in 银行垫款250万元，其中中国银行100万: the sum or count that the sentence divides."""
        for other in reversed(self.found[-6:]):
            if any(sign in "。！？\n" for sign in self.text[other.end : found.start]):
                return False
            if other.kind in ("money", "count") and other.unit and found.value < 10 * other.value:
                if other.kind == "count" and other.unit in _PLACES:
                    continue
                found.unit, found.kind = other.unit, other.kind
                found.rules.append("ellipsis.row")
                found.doubts.append("unit_implied")
                found.confidence = 0.6
                return True
        return False

    def _of_clause(self, found: Found, number: Chinese) -> bool:
        """As in 总人口增加到七亿二千三百万: the noun that the clause began with."""
        if number.scale < 10**4 or self.text[number.start] in MYRIADS:
            return False
        unit = self._noun_left(found.start)
        if unit is None:
            return False
        found.unit = unit
        found.rules.append("noun.before")
        found.confidence = 0.6
        return True

    def _is_idle(self, found: Found, number: Chinese) -> bool:
        """一个, 一次, 一年: mostly no count but an article."""
        if number.digits or found.value != 1 or found.high is not None:
            return False
        if found.kind in ("money", "mass", "percent"):
            return False
        follows = self.text[number.end : number.end + 1]
        if follows == "部":
            return True
        alone = (not found.measure or found.measure in "县村镇乡") and "noun.lexicon" in found.rules
        if alone or self.text[found.start - 1 : found.start] in ("无", "無"):
            return True  # 扶风一县, 空无一人
        if found.unit in _FORMATIONS and follows in "个個":
            return False
        if "noun.before" in found.rules:
            return False
        return follows in self.words.lists.get("skip_one", ()) or found.kind == "duration"


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
    drawn = _Reader(text, start, end, sorted([*masks, *addresses(text, start, end)])).read()
    named = [parties.chinese(text, start, found.start) for found in drawn]
    meant = [chinese_cues.cues(text, start, found.start, found.end) for found in drawn]
    return [
        Figure(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            kind=found.kind,
            value=undusted(found.value),
            value_high=None if found.high is None else undusted(found.high),
            approx=found.approx,
            unit=found.unit,
            per=found.per,
            of=found.of,
            giver=giver,
            receiver=receiver,
            modality=modality,
            nature="rate" if found.per else "share" if found.unit == "fraction" else nature,
            confidence=found.confidence,
            doubts=tuple(found.doubts),
            rules=tuple(found.rules),
            why=(("unit", text[found.start : found.end], found.start, found.end),),
        )
        for found, (giver, receiver), (modality, nature) in zip(drawn, named, meant, strict=True)
    ]
