"""Shares and spans of a Chinese passage: 百分之二十五, 三分之一, 三成, 一半, 三至五."""

import re

from db.quantities import chinese_numerals
from db.quantities.chinese_counting import Counting, Found
from db.quantities.chinese_numerals import Chinese

JOIN = re.compile(r"[至到～~—–―-]{1,2}")
_NO_TENTHS = frozenset("为立功员都果本就份长")


class Shares(Counting):
    """Reads what is part of a whole, and the second end of a span."""

    def is_date(self, number: Chinese) -> bool:
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

    def share(self, at: int, number: Chinese) -> int | None:
        """百分之二十五, 三分之一, 十之四."""
        text = self.text
        if text.startswith("分之", number.end):
            above = chinese_numerals.at(text, number.end + 2, self.end)
            if above is None or not number.value:
                return number.end + 2
            found = Found(at, above.end, above.value, above.high)
            found.rules.append("zh.share")
            later = self.ranged(found, above)
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
                found = Found(at, above.end, above.value, unit="percent", kind="percent")
                self._around(found)
                self.found.append(found)
                return above.end
        if number.value == 10 and text.startswith("之", number.end):
            above = chinese_numerals.at(text, number.end + 1, self.end)
            if above is not None and above.value < 10:
                found = Found(at, above.end, above.value / 10, unit="fraction", kind="other")
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
            found = Found(at, end, value, high, "percent", "percent")
            found.rules.append("zh.tenths")
            end = self._second_share(found, end)
            self._around(found)
            self.found.append(found)
            return end
        if number.half:
            return self._half(at, number)
        if number.digits and text.startswith("/", number.end):
            below = chinese_numerals.at(text, number.end + 1, self.end)
            if below is not None and below.digits and number.value < below.value <= 1000:
                if text.startswith("/", below.end):
                    return below.end
                found = Found(at, below.end, number.value / below.value, unit="fraction")
                found.kind = "other"
                self._around(found)
                self.found.append(found)
                return below.end
        interest = text[max(self.start, at - 2) : at]
        if ("息" in interest or interest == "利率") and text.startswith(("厘", "分"), number.end):
            monthly = "月" in interest
            worth = 1.0 if text[number.end] == "厘" else 10.0
            found = Found(at, number.end + 1, number.value * worth * (0.1 if monthly else 1.0))
            found.unit, found.kind, found.per = "percent", "percent", "month" if monthly else "year"
            self.found.append(found)
            return number.end + 1
        if text.startswith("半", at + 1) and text[at] == "一":
            return self._half(at, Chinese(at, at + 2, 0.5, half=True))
        return None

    def _second_share(self, found: Found, last: int) -> int:
        """百分之十至百分之十五, 三成至四成: one figure with two ends."""
        joint = JOIN.match(self.text, last, min(last + 2, self.end))
        number = joint and chinese_numerals.at(self.text, joint.end(), self.end)
        if joint is None or number is None or found.high is not None:
            return last
        kept = len(self.found)
        end = self.share(joint.end(), number)
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
            found = Found(at, end, 0.5, unit="fraction", kind="other")
        else:
            unit = self._unit_at(end)
            if at > self.start and text[at - 1] in "多过大":
                return end
            if unit is None or unit[0].kind not in ("duration", "other", "mass"):
                return end
            found = Found(at, unit[1], 0.5, unit=unit[0].name, kind=unit[0].kind)
        self._around(found)
        self.found.append(found)
        return found.end

    def ranged(self, found: Found, number: Chinese) -> int:
        """三至五, 20—30万."""
        text, last = self.text, number.end
        joint = JOIN.match(text, last, min(last + 2, self.end))
        if joint is None:
            return last
        second = chinese_numerals.at(text, joint.end(), self.end)
        if second is None or second.half or self.is_date(second):
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
