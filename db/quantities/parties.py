"""Who gave and who received a quantity, where the clause says so: "England lent Russia £5,000"."""

import re
from dataclasses import dataclass
from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.tokens import Token

_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Verbs:
    """One language's verbs of giving and getting, and the words before the other party."""

    gave: frozenset[str]
    got: frozenset[str]
    to: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    joins: frozenset[str]


@cache
def _verbs(language: str) -> Verbs:
    data = lexicon.load(f"quantities.{language}").get("parties", {})
    return Verbs(*(frozenset(data.get(key, ())) for key in Verbs.__slots__))


def fill(
    draft: Draft, tokens: list[Token], text: str, first: int, last: int, language: str
) -> None:
    """Sets giver and receiver of `draft` from the words of its sentence, tokens[first:last]."""
    verbs = _verbs(language)
    start = _clause(draft, tokens, first)
    for step in range(draft.first - 1, start - 1, -1):
        low = tokens[step].low
        if low in verbs.gave:
            draft.giver = _before(tokens, text, step, start, verbs)
            draft.receiver = _behind(tokens, text, step + 1, draft.first, verbs, language != "ru")
            break
        if low in verbs.got:
            draft.receiver = _before(tokens, text, step, start, verbs)
            for at in range(step + 1, draft.first - 1):
                if tokens[at].low in verbs.of and draft.giver is None:
                    draft.giver = _behind(tokens, text, at, draft.first, verbs, True)
            break
    if draft.giver is None and draft.receiver is None:
        return
    for step in range(draft.last, last - 1):
        token = tokens[step]
        if token.text in ";:,":
            break
        if token.low in verbs.to and draft.receiver is None:
            draft.receiver = _behind(tokens, text, step, last, verbs, False)
        elif token.low in verbs.of and draft.giver is None:
            draft.giver = _behind(tokens, text, step, last, verbs, False)


def _clause(draft: Draft, tokens: list[Token], first: int) -> int:
    for step in range(draft.first - 1, first - 1, -1):
        if tokens[step].text in (";", ":", "—", "–"):
            return step + 1
    return first


def _is_name(token: Token) -> bool:
    return token.kind == "w" and token.text[:1].isupper() and not token.masked


def _before(tokens: list[Token], text: str, verb: int, first: int, verbs: Verbs) -> str | None:
    """The subject that ends right before `verb`: "Die Bank von England lieh"."""
    edge = verb
    while edge > first and tokens[edge - 1].kind == "w" and tokens[edge - 1].low in verbs.joins:
        edge -= 1
    start, names = edge, 0
    while start > first and edge - start < _LONGEST_NAME:
        token = tokens[start - 1]
        linking = token.low in verbs.of or token.low in verbs.articles
        if not _is_name(token) and not linking:
            break
        names += _is_name(token) and not linking
        start -= 1
    while start < edge and (tokens[start].low in verbs.articles or tokens[start].low in verbs.of):
        start += 1
    if not names or start >= edge or edge - start > _LONGEST_NAME:
        return None
    return text[tokens[start].start : tokens[edge - 1].end]


def _behind(
    tokens: list[Token], text: str, at: int, stop: int, verbs: Verbs, bare: bool
) -> str | None:
    """The party behind a verb or a preposition: "der Werft", "aux agents", "to the king"."""
    begin = at
    while (
        at < stop
        and at - begin < 3
        and (
            tokens[at].low in verbs.to
            or tokens[at].low in verbs.of
            or tokens[at].low in verbs.articles
        )
    ):
        at += 1
    if at >= stop or tokens[at].kind != "w" or tokens[at].masked:
        return None
    if not _is_name(tokens[at]) and (at == begin or not bare):
        return None
    end = at + 1
    while end < stop and end - at < _LONGEST_NAME and _is_name(tokens[end]):
        end += 1
    return text[tokens[at].start : tokens[end - 1].end]


_GAVE = frozenset(lexicon.load("quantities")["words"]["gave"])
_GOT = frozenset(
    ["received", "obtained", "got", "acquired", "bought", "purchased", "borrowed", "imported"]
)


def english(draft: Draft, tokens: list[Token], text: str, first: int, last: int) -> None:
    """As `fill`, for English, whose names have capitals wherever they stand."""
    for step in range(draft.first - 1, first - 1, -1):
        low = tokens[step].low
        if low in _GAVE:
            draft.giver = _name_before(tokens, text, step, first)
            draft.receiver = _name_after(tokens, text, step + 1, draft.first)
            break
        if low in _GOT:
            draft.receiver = _name_before(tokens, text, step, first)
            break
    for step in range(draft.last, last - 1):
        if tokens[step].text in ";:":
            break
        if tokens[step].low in ("to", "for") and draft.receiver is None:
            draft.receiver = _name_after(tokens, text, step + 1, min(step + 4, last))
        if tokens[step].low in ("from", "by") and draft.giver is None:
            draft.giver = _name_after(tokens, text, step + 1, min(step + 4, last))


def _name_before(tokens: list[Token], text: str, edge: int, first: int) -> str | None:
    for step in range(edge - 1, max(first, edge - 8) - 1, -1):
        if tokens[step].text in ";:":
            return None
        if _is_name(tokens[step]) and tokens[step].low not in ("the", "in", "at", "on", "it", "he"):
            start = step
            while start > first and _is_name(tokens[start - 1]) and tokens[start - 1].low != "the":
                start -= 1
            if start == first and tokens[start].low in ("during", "by", "from", "when", "a"):
                return None
            return text[tokens[start].start : tokens[step].end]
    return None


def _name_after(tokens: list[Token], text: str, at: int, edge: int) -> str | None:
    while at < edge and tokens[at].low in ("the", "a", "an"):
        at += 1
    if at >= edge or not _is_name(tokens[at]):
        return None
    stop = at
    while stop < edge and _is_name(tokens[stop]):
        stop += 1
    return text[tokens[at].start : tokens[stop - 1].end]


# 英国向中国提供贷款, 政府拨给该厂, 中央银行借给铁路局.
_CHINESE = re.compile(
    r"(?:^|[，。；、：\s年月日])(?:同年|次年|当年|后来|于是|又|另)?(?P<giver>[^，。；、：\s\d]{2,12}?)"
    r"(?:(?:向|给|給|对|對|为)(?P<receiver>[^，。；、：\s\d]{2,12}?)(?:提供|贷|拨|支付|赠|捐|出售|交付|运送|供应)"
    r"|(?:拨给|借给|贷给|赠给|捐给|付给|卖给|交给|送给|供给)(?P<other>[^，。；、：\s\d]{2,12}?)(?=[\d一二三四五六七八九十百千万约近共]))"
)
_CHINESE_GOT = re.compile(
    r"(?:^|[，。；、：\s年月日])(?P<receiver>[^，。；、：\s\d]{2,10}?)(?:从|向)(?P<giver>[^，。；、：\s\d]{2,10}?)"
    r"(?:借得|借到|借入|获得|得到|收到|购得|购入|买进|领到)"
)
_REACH = 48


def chinese(text: str, floor: int, start: int) -> tuple[str | None, str | None]:
    """Giver and receiver of the figure that begins at `start`, of its own clause or the one before."""
    lead = text[max(floor, start - _REACH) : start + 1]
    lead = re.split(r"[。！？；\n]", lead)[-1]
    for pattern in (_CHINESE_GOT, _CHINESE):
        named = list(pattern.finditer(lead))
        if named and "，" not in lead[named[-1].end() :]:
            found = named[-1]
            groups = found.groupdict()
            return groups["giver"], groups.get("receiver") or groups.get("other")
    return None, None
