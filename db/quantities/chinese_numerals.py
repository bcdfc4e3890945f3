"""Chinese numbers: characters, digits with 万 and 亿, decimals, 三四百, 百分之, 成."""

import re
from dataclasses import dataclass

from db.quantities import numerals

DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6,
    "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
WHOLE = {"廿": 20, "卅": 30}
_CHARACTERS = "".join((*DIGITS, *TENS, *MYRIADS, *WHOLE))
_SCALES = frozenset((*TENS, *MYRIADS))
_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
# 千瓦 and 千米 are units: 303万千瓦.
_THOUSAND = "千(?![瓦米克卡伏赫])"
_ARABIC = (
    r"[\d０-９]{1,15}(?:(?:[,，]|(?<!\d{4})[ \u00a0\u2009\u202f])[\d０-９]{3}(?!\d)){0,5}"
    r"(?:[.．·][\d０-９]{1,10})?"
)
NUMBER = re.compile(
    rf"(?P<digits>{_ARABIC})(?P<scale>(?:[十百万萬亿億兆]|{_THOUSAND}){{0,3}})(?P<inner>(?:[余馀多]|来(?![犯到袭华自函电]))?)"
    rf"(?P<scale2>[万萬亿億]{{0,2}})(?P<more>(?:(?<=[万萬亿億]){_ARABIC}[千百万萬]{{1,2}})?)"
    rf"|(?P<chars>(?:[{_CHARACTERS}](?<!千)|{_THOUSAND}){{1,24}})(?P<half>半?)(?P<inner2>(?:[余馀多]|来(?![犯到袭华自函电]))?)"
    r"(?P<scale3>[万萬亿億]{0,2})"
    r"|(?P<lone>半)"
)


@dataclass(frozen=True, slots=True)
class Chinese:
    """A number of a Chinese text; `high` where neighbours say a span (三四百)."""

    start: int
    end: int
    value: float
    high: float | None = None
    scale: float = 1.0
    digits: bool = False
    half: bool = False
    more: bool = False
    about: bool = False


def at(text: str, start: int, end: int) -> Chinese | None:
    """The number that starts at `start`."""
    found = NUMBER.match(text, start, end)
    if found is None:
        return None
    if found["lone"]:
        return Chinese(start, found.end(), 0.5, half=True)
    if found["chars"]:
        return _decimals(text, _characters(found), end)
    read = numerals.value(found["digits"].translate(_WIDE), ".")
    if read is None:
        return None
    scale = _product(found["scale"]) * _product(found["scale2"])
    value = read[0] * scale
    if found["more"]:
        rest = at(text, found.start("more"), found.end("more"))
        if rest is not None:
            value += rest.value
    return Chinese(
        start,
        found.end(),
        value,
        scale=scale,
        digits=True,
        more=found["inner"] in ("余", "馀", "多") and bool(found["inner"]),
        about=found["inner"] == "来",
    )


def _decimals(text: str, whole: Chinese, end: int) -> Chinese:
    """五点三, 三点五万."""
    if whole.high is not None or text[whole.end : whole.end + 1] not in ("点", "點"):
        return whole
    at_ = whole.end + 1
    digits = ""
    while at_ < end and text[at_] in DIGITS and len(digits) < 8:
        digits += str(DIGITS[text[at_]])
        at_ += 1
    if not digits:
        return whole
    scale = 1.0
    while at_ < end and text[at_] in MYRIADS and scale < 10**9:
        scale *= MYRIADS[text[at_]]
        at_ += 1
    return Chinese(whole.start, at_, float(f"{whole.value:.0f}.{digits}") * scale, scale=scale)


def _characters(found: re.Match[str]) -> Chinese:
    words = found["chars"]
    tail = _product(found["scale3"])
    inner, half, end = found["inner2"], found["half"], found.end()
    for place in range(1, len(words)):
        # Behind another numeral 两 is the tael: 四百万两, 二两八钱.
        if words[place] in "两兩" and words[place + 1 : place + 2] not in _SCALES:
            words, tail, inner, half = words[:place], 1.0, "", ""
            end = found.start() + place
            break
    high: float | None = None
    value = _pair(words)
    if value is not None:
        low, high_end = value
        worth, high = float(low), float(high_end)
    else:
        # 九亿三千余万: the scale behind 余 belongs to the last part only.
        worth = worth_of(words + found["scale3"] if tail > 1 else words) / tail
    if half:
        worth += 0.5 * _last_scale(words)
    scale = tail * max((MYRIADS.get(sign, 1) for sign in words), default=1)
    return Chinese(
        found.start(),
        end,
        worth * tail,
        None if high is None else high * tail,
        scale,
        more=inner in ("余", "馀", "多") and bool(inner),
        about=inner == "来",
    )


def _product(signs: str) -> float:
    product = 1.0
    for sign in signs:
        product *= TENS.get(sign, 0) or MYRIADS.get(sign, 1)
    return product


def _last_scale(words: str) -> float:
    last = words[-1]
    return float(TENS.get(last, 0) or MYRIADS.get(last, 1))


def _pair(words: str) -> tuple[float, float] | None:
    """三四百, 七八十万, 十二三: two neighbouring digits are a span."""
    for at_ in range(len(words) - 1):
        low, high = DIGITS.get(words[at_]), DIGITS.get(words[at_ + 1])
        if low and high and high == low + 1:
            if at_ and words[at_ - 1] in DIGITS:
                return None
            if at_ + 2 < len(words) and words[at_ + 2] in DIGITS:
                return None
            first = worth_of(words[: at_ + 1] + words[at_ + 2 :])
            second = worth_of(words[:at_] + words[at_ + 1 :])
            if first < second:
                return first, second
    return None


def worth_of(words: str) -> float:
    """The worth of a number in characters; a bare row of digits is read as one (一九三九)."""
    if len(words) > 1 and all(sign in DIGITS for sign in words):
        return float(int("".join(str(DIGITS[sign]) for sign in words[:20])))
    total, section, digit, last = 0.0, 0.0, None, 1.0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS[sign]
            if digit == 0:
                last = 1.0
        elif sign in WHOLE:
            section += WHOLE[sign]
            digit, last = None, 10.0
        elif sign in TENS:
            section += (1 if digit is None else digit) * TENS[sign]
            last, digit = float(TENS[sign]), None
        else:
            power = MYRIADS[sign]
            section += digit or 0
            if not section and not total:
                section = 1.0
            if total and power > 10**4 and not section:
                total *= power
            elif power == 10**8 and total:
                total = (total + section) * power
            else:
                total += section * power
            section, digit, last = 0.0, None, float(power)
    if digit is not None:
        # 三万五 is 35,000; 三百零五 is 305.
        if last >= 100 and words[-2:-1] not in ("零", "〇", "○", ""):
            section += digit * last / 10
        else:
            section += digit
    return total + section
