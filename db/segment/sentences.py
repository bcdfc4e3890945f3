"""Where sentences end, in English, Russian, German, French and Chinese: spans that lose nothing."""

import re
import unicodedata
from collections.abc import Iterator

from db.records import Span

# A full stop after one of these ends no sentence; only forms that a capital or a figure follows.
_ABBREVIATED = (
    # English
    "mr mrs ms dr prof st sr jr gen col maj capt lt cmdr adm sgt gov sen rep rev hon pres messrs "
    "vol vols no nos pp fig figs ch sec art ed eds trans op cit cf vs ibid approx est inc ltd "
    "co corp bros dept univ jan feb mar apr jun jul aug sep sept oct nov dec mt ft "
    # Russian
    "г гг в вв им тов т тт гл ст стр рис см ср св пр проф акад доц ген полк кап лейт ул пл "
    "обл р руб коп тыс млн млрд долл экз изд ред пер сост кн вып н э напр т.е т.н "
    # German
    "hr fr frl nr bd bde abb abs aufl ausg bzw ca dgl d.h ebd evtl geb gest hrsg jh jhd "
    "kap mio mrd pf s.o s.u sog str tab vgl z.b z.t "
    # French
    "m mm mme mlle mgr me mn av env éd fasc p.ex chap cie ste tome"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_END = re.compile(r"[.!?…]{1,10}[\"'”’»)\]]{0,4}(?=\s)|[。！？]{1,10}[”’」』）]{0,4}|\n[^\S\n]*\n")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W_]|\.(?=[^\W\d_])){0,15}$")
_MONTH_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert jh"
)
_MONTHS = frozenset(_MONTH_NAMES.split())
_NEXT_WORD = re.compile(r"\s{1,20}[\"'“„«(\[]{0,3}([^\W_]{1,20})")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of text[start:end], in order, without the blanks around them."""
    end = len(text) if end is None else end
    at = start
    for stop in ends(text, start, end):
        span = _stripped(text, at, stop)
        if span.start < span.end:
            yield span
        at = stop
    span = _stripped(text, at, end)
    if span.start < span.end:
        yield span


def ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets in (start, end) at which a sentence is over."""
    for found in _END.finditer(text, start, end):
        if _is_end(text, start, found):
            yield found.end()


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    mark = found.group()
    if mark[0] in "。！？\n":
        return True
    after = _NEXT_WORD.match(text, found.end(), found.end() + 50)
    word = after.group(1) if after else ""
    if word and word[0].islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    before = _LAST_WORD.search(text[max(start, found.start() - 16) : found.start()])
    if before is None:
        # "22. Oktober": a figure with its stop is an ordinal before a German month.
        return not (text[found.start() - 1 : found.start()].isdigit() and word.lower() in _MONTHS)
    last = before.group()
    if len(last) == 1 and last.isupper() and last != "I":
        return False  # an initial
    return last.lower() not in _ABBREVIATIONS


def cut(text: str, start: int, end: int, limit: int, *, by_lines: bool = False) -> Iterator[Span]:
    """text[start:end] in pieces of at most `limit`: at sentence ends, else blanks, else anywhere.

    `by_lines`: at line ends first, as tables and lists want it. Never before a mark that belongs
    to the character in front of it.
    """
    while end - start > limit:
        stop = _stop(text, start, start + limit, by_lines=by_lines)
        span = _stripped(text, start, stop)
        if span.start < span.end:
            yield span
        start = _stripped(text, stop, end).start
    if start < end:
        yield Span(start, end)


def _stop(text: str, start: int, limit: int, *, by_lines: bool) -> int:
    if by_lines and (line_end := text.rfind("\n", start + 1, limit)) > 0:
        return line_end
    middle = start + (limit - start) // 2
    for begin, stop in ((middle, limit), (start, middle)):
        # From behind: the last one that counts is mostly the last one there is.
        for found in reversed(list(_END.finditer(text, begin, min(stop + 1, len(text))))):
            if start < found.end() <= stop and _is_end(text, begin, found):
                return found.end()
    for at in range(limit, start + 1, -1):
        if text[at - 1].isspace():
            return at
    at = limit
    while at > middle and joins_back(text, at):
        at -= 1
    return at if at > middle else limit


def joins_back(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before it (marks, joiners, modifiers)."""
    character = text[at]
    return (
        unicodedata.combining(character) != 0
        or unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1160" <= character <= "\u11ff"
        or text[at - 1] == "\u200d"
    )


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
