"""The words around a number that make it about, more than, up to: they stay outside its span."""

from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.phrases import Phrases
from db.quantities.tokens import Token, glued
from db.records import Approx

_LONGEST = 5


@cache
def _phrases(language: str, side: str) -> Phrases[Approx]:
    found: Phrases[Approx] = Phrases()
    kinds: dict[Approx, list[str]] = lexicon.load(f"quantities.{language}").get(side, {})
    for kind, words in kinds.items():
        for word in words:
            found.add(word, kind)
    return found


@cache
def _passed(language: str) -> frozenset[str]:
    return frozenset(lexicon.load(f"quantities.{language}").get("passed", {}).get("words", ()))


# Verbs whose "до" leads to a number and does not bound it.
_LED = (
    *("подн", "опуст", "упал", "пал", "вырос", "возрос", "сократ", "сниз", "увелич", "пониз"),
    *("повыс", "уменьш", "дош", "дохо", "довед", "подешев", "подорож", "расшир"),
)


def _is_led_to(tokens: list[Token], at: int) -> bool:
    if tokens[at].low != "до":
        return False
    return any(token.low.startswith(_LED) for token in tokens[max(0, at - 3) : at])


def apply(draft: Draft, tokens: list[Token], text: str, language: str) -> None:
    """Reads the approximators before and behind `draft`."""
    if draft.approx != "exact":
        return
    edge = draft.first
    if draft.sign_first >= 0:
        while edge and tokens[edge - 1].start >= draft.start:
            edge -= 1
    before = _phrases(language, "approx_before")
    passed = _passed(language)
    skipped = 0
    while edge and skipped < 3:
        for length in range(min(_LONGEST, edge), 0, -1):
            at = edge - length
            if tokens[at].sentence != tokens[draft.first].sentence:
                continue
            found = before.find(tokens, at, edge)
            if found is not None and found[1] == edge:
                if language == "ru" and found[0] == "up_to" and _is_led_to(tokens, at):
                    return  # "поднялась до 4½ процента" leads there
                _set(draft, found[0], tokens, at, edge, text)
                return
        if tokens[edge - 1].low not in passed:
            break
        edge, skipped = edge - 1, skipped + 1
    behind = _phrases(language, "approx_behind")
    for at in {draft.number.last, draft.last}:
        step = at
        if step < len(tokens) and glued(tokens, step) and tokens[step].text in "-–":
            step += 1
        if step < len(tokens):
            found = behind.find(tokens, step, len(tokens))
            following = tokens[found[1]].low if found and found[1] < len(tokens) else ""
            # "25 donkeys and more than 200 people" is no "25 and more".
            if found is not None and following not in ("than", "de", "d", "als", "чем"):
                _set(draft, found[0], tokens, step, found[1], text)
                return


def inside(draft: Draft, tokens: list[Token], text: str, language: str, stop: int) -> None:
    """Reads an approximator between number and noun ("five hundred or more tons")."""
    at = draft.last
    if at >= stop or tokens[at].masked:
        return
    found = _phrases(language, "approx_behind").find(tokens, at, stop)
    if found is not None and found[1] < stop and tokens[found[1]].kind == "w":
        _set(draft, found[0], tokens, at, found[1], text)
        draft.after = found[1]


def _set(draft: Draft, kind: Approx, tokens: list[Token], first: int, last: int, text: str) -> None:
    draft.approx = kind
    draft.rules.append(f"approx.{kind}")
    start, end = tokens[first].start, tokens[last - 1].end
    draft.why.append(("approx", text[start:end], start, end))
