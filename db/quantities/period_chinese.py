"""The dates of a Chinese text: 1937年7月, 民国二十九年, 三十年代初, 次年春, 两个月后."""

import re
from dataclasses import replace
from functools import cache

from db.quantities import calendars, chinese_numerals, lexicon
from db.quantities.period_parts import Direction, Point, Reading, Stage, Step, between, later
from db.quantities.period_words import Words

_DIGITS = str.maketrans(
    "〇零○一二三四五六七八九０１２３４５６７８９两兩", "000123456789012345678922"
)
_DIGIT = "〇零○一二三四五六七八九0-9０-９"
_NUMBER = "[0-9０-９]{1,4}|[一二三四五六七八九十廿卅两兩百]{1,5}"
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_STAGES: dict[str, Stage] = {
    **dict.fromkeys(("初", "初期", "初年", "年初", "月初", "初叶", "早期"), "beginning"),
    **dict.fromkeys(("中", "中期", "中叶", "年中", "中葉"), "middle"),
    **dict.fromkeys(
        ("底", "末", "末期", "年底", "年末", "月底", "月末", "后期", "後期", "末年", "晚期"), "end"
    ),
}
# What a step counts; else months.
_UNITS = {"年": "y", "周": "w", "星期": "w", "天": "u", "日": "u"}
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_STAGE = "初期|初年|初叶|中期|中叶|中葉|末期|末年|后期|後期|早期|晚期|初|中(?![国國央华華])|底|末"
_PART = (
    r"(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度?|(?P<season>[春夏秋冬])[季天]?"
    rf"|(?P<stage>{_STAGE})"
)
_MONTH = (
    rf"(?P<month>{_NUMBER}|正|元|腊|臘|冬)月份?"
    rf"(?:(?P<day>初?(?:{_NUMBER}))[日号號]?(?![{_DIGIT}年月万萬千百亿個个餘余])|(?P<third>[上中下]旬)|(?P<month_stage>[初中底末])(?!次))?"
)

_BEFORE_THE_REPUBLIC = 1911
# How far a bare year of a reign may be from the one named before it.
_LATER_IN_A_REIGN = 30


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon.load("dates.zh")
    eras = "|".join(name for name in calendars.era_names() if not name.isascii())

    def named(table: str) -> str:
        forms = [form for row in words[table].values() for form in row]
        return "|".join(sorted(forms, key=len, reverse=True))

    years = (
        rf"(?P<era>{eras})(?P<era_year>元|{_NUMBER})年"
        rf"|(?P<reign>{eras})(?P<reign_part>初年|末年|年间|年間|初|末|中叶|中葉|朝)(?![{_DIGIT}])"
        rf"|(?<![{_DIGIT}.．,])(?P<year>[12１２][0-9０-９]{{3}}|[一二][{_DIGIT}]{{3}})(?:会计|會計|财政|財政)?年?(?!代)(?:(?<=年)|(?=[至到—－–~～-]{{1,2}}[12][0-9]{{3}}年))"
        rf"|(?P<that>{named('relative_years')}|{named('today_years')})"
        rf"|(?<![{_DIGIT}十百千第])(?P<short>[二三四五六七八九]?十?[一二三四五六七八九]|[二三]?十)年(?=度?[春夏秋冬初底末]|度|同期|以前|以后|以來|以来|起|{_NUMBER}月|正月)"
        rf"|(?<=[，。；、：\n])(?P<alone>{_NUMBER})年(?![{_DIGIT}十百千万来來多余餘半级級之以的内內里裡中间間前后後度代]|[一二三四五六七八九十]个?月)"
        r"|(?<![0-9.,])(?P<pair>[12][0-9]{3})[—–－至-](?P<pair_end>[0-9]{2})年"
        rf"|(?<![{_DIGIT}十百千几数多余每])(?P<year_end>年[底初末中])(?!级)"
        r"|(?P<beside>[今去本来來明翌次])(?=[春夏秋冬](?![节季]))"
    )
    point = rf"(?:{years})度?(?:间|間)?(?:{_MONTH}|{_PART})?"
    decade = (
        rf"(?:(?:(?P<century>{_NUMBER})世纪)?(?P<tens>[二三四五六七八九]十|[2-9]0|1[0-9][0-9]0|20[0-9]0)年代"
        rf"|(?P<only_century>{_NUMBER})世[纪紀])(?P<decade_stage>{_STAGE})?"
    )
    bare = (
        rf"(?<![{_DIGIT}十百千.．年])(?P<b_month>{_NUMBER})月份?(?![之以])"
        rf"(?:(?P<b_day>初?(?:{_NUMBER}))(?:[日号號]|(?=[至到，。；]))|(?P<b_third>[上中下]旬)|(?P<b_stage>[初中底末]))?"
        rf"|(?<![之以{_DIGIT}十])[前头頭](?P<b_months>{_NUMBER})个?個?月(?![前後后内內里間间来來])"
        rf"|(?<![{_DIGIT}十])(?P<b_half>[上下]半年)|第(?P<b_quarter>[一二三四1-4])季度"
    )
    iso = (
        r"(?<![0-9.])(?P<iso>[12][0-9]{3})[./-](?P<iso_month>1[0-2]|0?[1-9])"
        r"[./-](?P<iso_day>[0-3]?[0-9])(?![0-9])"
    )
    feast = (
        rf"(?:(?:(?P<feast_era>{eras})(?P<feast_era_year>元|{_NUMBER})年"
        rf"|(?<![{_DIGIT}])(?P<feast_year>[12][0-9]{{3}}|[一二][{_DIGIT}]{{3}})年"
        rf"|(?P<feast_that>{named('relative_years')}|{named('today_years')}))的?)?"
        rf"(?P<feast>{named('feasts')})(?:节|節|日)?"
    )
    day = rf"(?<=[，。；、：（(“\n至到于在从自])(?P<only_day>{_NUMBER})[日号號](?![{_DIGIT}本里])"
    steps = (
        rf"(?P<that_month>{named('relative_months')})(?:(?P<that_third>[上中下]旬)|(?P<that_stage>[初中底末])|(?P<that_date>{_NUMBER})[日号號])?"
        rf"|(?P<that_day>{named('relative_days')})"
        rf"|(?P<that_week>{named('relative_weeks')})(?![一二三四五六日])"
        rf"|(?<![{_DIGIT}十百千个個每正元腊])月(?P<month_end>[底末初中])(?!旬)"
        rf"|(?:此后|此後|其后|其後|随后|隨後|以后|之后)(?P<coming>{_NUMBER})(?P<coming_unit>年|个月|個月)(?:里|间|間|中|内|內)?"
        rf"|(?:越|又过|又過|再过|再過|过了|過了)(?P<passed>{_NUMBER})(?P<passed_unit>年|个月|個月|月|日|天|周)"
        r"|(?<![一二三四五六七八九十百千])(?P<half_step>一年半|半年|半个月|半個月)(?:[之以]?[后後])"
        rf"|(?<![{_DIGIT}十百千])(?P<count>{_NUMBER})(?P<unit>年|个月|個月|周|星期|天|日)(?P<way>以?[后後前]|之[后後前])(?![，,]?[线線])"
    )
    whole = f"{iso}|{feast}|{point}|{decade}|{bare}|{steps}|{day}"
    return re.compile(whole), re.compile(f"{point}|{bare}|{day}")


def readings(text: str) -> tuple[Words, list[Reading]]:
    """The dates of `text`; each is one token of the words that come with them."""
    whole, simple = _patterns()
    words = Words(text, "zh")
    kinds: list[str] = []
    found: list[Reading] = []
    position = era = reached = 0
    while match := whole.search(text, position):
        position = max(match.end(), match.start() + 1)
        start = _meaning(match, era or _republic(match, found))
        if start is None:
            continue
        if match["alone"] and not reached < number(match["alone"]) <= reached + _LATER_IN_A_REIGN:
            continue  # "民国十七年为…，二十五年增至" is of the reign, "，三年增至" lasted three years
        if counted_year := match["era_year"] or match["short"] or match["alone"]:
            reached = 1 if counted_year == "元" else number(counted_year)
        if match["that"] == "本年" and text[match.start() - 1 : match.start()] == "日":
            continue  # 日本年造飞机
        if match["era"] and isinstance(start, Point) and start.year:
            counted = 1 if match["era_year"] == "元" else number(match["era_year"])
            era = start.year - counted
        end = match.end()
        stop: Point | None = None
        if isinstance(start, Point) and (ranged := _range(text, match, simple)):
            stop, end = ranged
            if stop is not None:
                start, stop = between(start, stop)
                stop = later(start, stop)
            position = end
        opens = match.start() == 0 or text[match.start() - 1] in "\n。！？自从至到在于，"
        kinds.append("." if opens else "_")
        words.starts.append(match.start())
        words.ends.append(match.start())
        kinds.append("Y")
        words.starts.append(match.start())
        words.ends.append(end)
        at = len(kinds) - 1
        is_day = isinstance(start, Point) and (start.day is not None or start.about)
        direction = "" if stop else _direction(text, match.start(), end, is_day)
        rule = start.rule if isinstance(start, Point) else "date.step"
        found.append(Reading(at, at + 1, start, stop, direction, "date.range" if stop else rule))
    words.kinds = "".join(kinds)
    return words, found


def _republic(match: re.Match[str], found: list[Reading]) -> int:
    """The year before the Republic where a text of its time says "二十七年夏" without its name."""
    if not match["short"]:
        return 0
    points = (reading.start for reading in reversed(found[-6:]))
    last = next((point.year for point in points if isinstance(point, Point) and point.year), 0)
    year = _BEFORE_THE_REPUBLIC + number(match["short"])
    return _BEFORE_THE_REPUBLIC if 1911 < last <= year <= min(last + 15, 1949) else 0


def _range(text: str, match: re.Match[str], simple: re.Pattern[str]) -> tuple[Point, int] | None:
    ranges = lexicon.load("dates.zh")["words"]["ranges"]
    at = match.end()
    sign = next((r for r in sorted(ranges, key=len, reverse=True) if text.startswith(r, at)), None)
    if sign is None:
        return None
    other = simple.match(text, at + len(sign))
    if other is None:
        return None
    stop = _meaning(other)
    if not isinstance(stop, Point) or stop.shift is not None:
        return None
    first = _meaning(match)
    if isinstance(first, Point) and first.year and stop.year and first.year > stop.year:
        return None
    return stop, other.end()


def _direction(text: str, start: int, end: int, day: bool = False) -> Direction:
    words = lexicon.load("dates.zh")["words"]
    if text.startswith(tuple(words["from_behind"]), end):
        return "from"
    around = text.startswith(("前后", "前後"), end)
    if text.startswith(tuple(words["before_behind"]), end) and not around:
        return "before"
    before = text[max(0, start - 2) : start]
    if before.endswith(("到", "至")) and text[end : end + 3].lstrip("，, ").startswith(
        ("才", "始", "方才")
    ):
        return ""  # "到1950年才恢复"
    # "减至本月", "至十九日晚": where something has come to, no limit.
    comes_to = before.endswith(("至", "到")) and not before.endswith("截至")
    if comes_to and (day or before[:-1].endswith(tuple("减增升降涨跌落退达扩缩加回展"))):
        return ""
    if before.endswith(tuple(words["by"])):
        return "by"
    if before.endswith(tuple(words["from"])):
        return "from"
    return ""


def _meaning(match: re.Match[str], era: int = 0) -> Point | Step | None:
    """What the words say; `era` is the year before the reign named last began."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "count" in groups:
        count = number(groups["count"])
        return Step(_UNITS.get(groups["unit"], "n"), -count if "前" in groups["way"] else count)
    if "passed" in groups:
        return Step(_UNITS.get(groups["passed_unit"], "n"), number(groups["passed"]))
    if "half_step" in groups:
        months = {"一": 18, "半": 6}[groups["half_step"][0]]
        in_days = groups["half_step"] in ("半个月", "半個月")
        return Step("u", 15) if in_days else Step("n", months)
    if "that_week" in groups:
        return Step("w", _shift("relative_weeks", groups["that_week"]), from_today=True)
    if "month_end" in groups:
        return Step("n", 0, stage=_STAGES[groups["month_end"]])
    if "coming" in groups:
        return Step(_UNITS.get(groups["coming_unit"], "n"), number(groups["coming"]), span=True)
    if "feast" in groups:
        return _feast(groups)
    if "that_month" in groups:
        stage = _STAGES.get(groups.get("that_stage", ""))
        if "that_date" in groups:
            shift = _shift("relative_months", groups["that_month"])
            return Point(day=number(groups["that_date"]), shift=shift, rule="date.bare-day")
        days = _THIRDS.get(groups.get("that_third", ""))
        return Step("n", _shift("relative_months", groups["that_month"]), stage=stage, days=days)
    if "iso" in groups:
        year, month, day = (int(groups[name]) for name in ("iso", "iso_month", "iso_day"))
        return Point(year=year, month=month, day=day, rule="date.iso") if 0 < day < 32 else None
    if "only_day" in groups:
        return Point(day=number(groups["only_day"]), rule="date.bare-day")
    if "that_day" in groups:
        name = groups["that_day"]
        from_today = name[0] in "今昨明" or name in ("前日", "前天")
        return Step("u", _shift("relative_days", name), from_today=from_today)
    if "tens" in groups or "only_century" in groups:
        return _decade(groups)
    if "b_months" in groups:
        count = number(groups["b_months"])
        return Point(months=count, shift=0, rule="date.months") if 1 < count < 12 else None
    if "b_half" in groups or "b_quarter" in groups:
        return Point(slice=_slice(groups, "b_"), shift=0, rule="date.slice")
    if "b_month" in groups:
        return _month(Point(rule="date.month"), groups, "b_")
    if "year_end" in groups:
        stage = _STAGES[groups["year_end"]]
        return Point(shift=0, stage=stage, rule="date.stage")
    point = _year(groups, era)
    if point is None:
        return None
    if "month" in groups:
        return _month(point, groups, "")
    if "half" in groups or "quarter" in groups:
        return replace(point, slice=_slice(groups, ""), rule="date.slice")
    if "season" in groups:
        return replace(point, season=_SEASONS[groups["season"]], rule="date.season")
    if "stage" in groups:
        return replace(point, stage=_STAGES[groups["stage"]], rule="date.stage")
    return point


def _feast(groups: dict[str, str]) -> Point | None:
    """元旦, 清明: days that the solar calendar fixes."""
    rows = lexicon.load("dates.zh")["feasts"]
    day = next(day for day, forms in rows.items() if groups["feast"] in forms)
    month, _, of_month = day.partition("-")
    point = Point(month=int(month), day=int(of_month), rule="date.feast")
    if "feast_era" in groups:
        counted = 1 if groups["feast_era_year"] == "元" else number(groups["feast_era_year"])
        year = calendars.era_year(groups["feast_era"], counted)
        return replace(point, year=year) if year else None
    if "feast_year" in groups:
        return replace(point, year=number(groups["feast_year"]))
    if name := groups.get("feast_that"):
        is_today = name in ("今年", "去年", "前年", "明年")
        return replace(point, shift=_shift("today_years" if is_today else "relative_years", name))
    return point


def _year(groups: dict[str, str], era: int) -> Point | None:
    if "era" in groups:
        counted = 1 if groups["era_year"] == "元" else number(groups["era_year"])
        year = calendars.era_year(groups["era"], counted)
        return Point(year=year, rule="date.era") if year else None
    if "reign" in groups:
        return _reign(groups["reign"], groups["reign_part"])
    if "beside" in groups:
        shift = {"去": -1, "来": 1, "來": 1, "明": 1, "翌": 1, "次": 1}.get(groups["beside"], 0)
        rule = "date.today-year" if groups["beside"] in "今去明" else "date.that-year"
        return Point(shift=shift, rule=rule)
    if of_reign := groups.get("short") or groups.get("alone"):
        return Point(year=era + number(of_reign), rule="date.era") if era else None
    if "pair" in groups:
        first = int(groups["pair"])
        last = first - first % 100 + int(groups["pair_end"])
        return Point(year=first, last_year=last, rule="date.years") if last > first else None
    if "that" in groups:
        name = groups["that"]
        today = lexicon.load("dates.zh")["today_years"].values()
        table = "today_years" if any(name in forms for forms in today) else "relative_years"
        rule = "date.today-year" if table == "today_years" else "date.that-year"
        return Point(shift=_shift(table, groups["that"]), rule=rule)
    return Point(year=number(groups["year"]), rule="date.year")


def _reign(name: str, part: str) -> Point | None:
    """嘉靖初年, 崇祯末年, 康熙年间."""
    first, last = calendars.era_year(name, 1), calendars.era_end(name)
    if first is None:
        return None
    if part.startswith("初"):
        return Point(year=first, about=True, rule="date.reign")
    if last is None or last <= first:
        return None
    if part.startswith("末"):
        return Point(year=last, about=True, rule="date.reign")
    if part.startswith("中"):
        return Point(year=(first + last) // 2, about=True, rule="date.reign")
    return Point(year=first, last_year=last, rule="date.reign")


def _month(point: Point, groups: dict[str, str], prefix: str) -> Point | None:
    name = groups[prefix + "month"]
    month = {"正": 1, "元": 1, "冬": 11, "腊": 12, "臘": 12}.get(name) or number(name)
    if not 1 <= month <= 12:
        return None
    point = replace(point, month=month, rule="date.month")
    if day := groups.get(prefix + "day"):
        return replace(point, day=number(day.lstrip("初")), rule="date.day")
    if third := groups.get(prefix + "third"):
        return replace(point, third="上中下".index(third[0]), rule="date.third")
    stage = groups.get(prefix + ("month_stage" if not prefix else "stage"))
    return replace(point, stage=_STAGES[stage], rule="date.stage") if stage else point


def _slice(groups: dict[str, str], prefix: str) -> tuple[int, int]:
    if half := groups.get(prefix + "half"):
        return ("上下".index(half[0]) + 1, 2)
    return (number(groups[prefix + "quarter"]), 4)


def _decade(groups: dict[str, str]) -> Point | None:
    stage = _STAGES.get(groups.get("decade_stage", ""))
    rule = "date.stage" if stage else "date.decade"
    if "only_century" in groups:
        century = number(groups["only_century"])
        if not 1 <= century <= 22:
            return None
        return Point(century=century, stage=stage, rule="date.century")
    decade = number(groups["tens"])
    if "century" in groups:
        decade += (number(groups["century"]) - 1) * 100
    return Point(decade=decade, stage=stage, rule=rule)


def _shift(table: str, name: str) -> int:
    rows = lexicon.load("dates.zh")[table]
    return next(int(count) for count, forms in rows.items() if name in forms)


def number(digits: str) -> int:
    """The value of 二十九, 廿九, 一九三七 or 29."""
    if any(sign in digits for sign in "十廿卅百"):
        return int(chinese_numerals.worth_of(digits))
    return int(digits.translate(_DIGITS))
