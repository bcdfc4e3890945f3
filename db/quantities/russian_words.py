"""Russian words that are number and unit in one: полпуда, гривенник, четверо, рубль с четвертью."""

from dataclasses import replace
from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.number_digits import Number
from db.quantities.number_words import Reader
from db.quantities.tokens import Token
from db.quantities.units import behind

_HALF = "пол"
# Of noon and midnight, and of words that only begin alike.
_NO_HALVES = frozenset(("полдень", "полночь", "полком", "полками", "полок", "полов", "полы"))


@cache
def _data() -> tuple[dict[str, float], frozenset[str], dict[str, float]]:
    words = lexicon.load("quantities.ru").get("one_word", {})
    coins = {
        form: float(worth) for worth, forms in words.get("coins", {}).items() for form in forms
    }
    more = {form: float(worth) for worth, forms in words.get("with", {}).items() for form in forms}
    return coins, frozenset(words.get("people", ())), more


def add(drafts: list[Draft], tokens: list[Token], reader: Reader) -> None:
    """Puts the figures of such words among `drafts`, in order."""
    coins, people, more = _data()
    taken = {index for draft in drafts for index in range(draft.first, draft.last)}
    ended = {draft.last: draft for draft in drafts}
    found: list[Draft] = []
    for index, token in enumerate(tokens):
        if token.kind != "w" or token.masked or token.low[0] not in _INITIALS:
            continue
        if index in taken:
            continue
        if token.low in coins and not _is_more(ended.get(index - 1), tokens, index, coins):
            made = _draft(tokens, index, index + 1, coins[token.low], "RUB")
            made.kind = "money"
            found.append(made)
        elif token.low in ("рубль", "рубля", "рублю") and index + 2 < len(tokens):
            worth = more.get(tokens[index + 2].low)
            if tokens[index + 1].low == "с" and worth and index not in ended:
                made = _draft(tokens, index, index + 3, 1 + worth, "RUB")
                made.kind = "money"
                found.append(made)
        elif token.low in people:
            worth = reader.worth(index)
            if worth:
                found.append(_draft(tokens, index, index + 1, worth, "person"))
        elif token.low.startswith(_HALF) and len(token.low) > 5 and token.low not in _NO_HALVES:
            whole = replace(token, low=token.low[len(_HALF) :])
            unit = behind([whole], 0, 1, reader.language, False)
            if unit is not None and len(whole.low) > 2:
                made = _draft(tokens, index, index + 1, 0.5 * unit[0].part, unit[0].name)
                made.kind = unit[0].kind
                found.append(made)
    for draft in drafts:
        if draft.bare and tokens[draft.last - 1].low in people and draft.value < 11:
            draft.unit = "person"
            draft.rules.append("ellipsis.people")
    if found:
        drafts.extend(found)
        drafts.sort(key=lambda draft: draft.first)


_INITIALS = frozenset("пгчрдцатсшв")


def _draft(tokens: list[Token], first: int, last: int, value: float, unit: str) -> Draft:
    number = Number(first, last, value, spelt=True)
    draft = Draft(number, first, last, tokens[first].start, tokens[last - 1].end, value)
    draft.unit, draft.confidence = unit, 0.8
    draft.rules += ["number.words", "unit.one_word"]
    return draft


def _is_more(draft: Draft | None, tokens: list[Token], index: int, coins: dict[str, float]) -> bool:
    """Of "шесть с полтиной": the coin is added to the roubles said before."""
    if draft is None or tokens[index - 1].low != "с" or draft.high is not None:
        return False
    if draft.unit not in (None, "RUB"):
        return False
    draft.value += coins[tokens[index].low]
    draft.unit, draft.kind = "RUB", "money"
    draft.last, draft.end = index + 1, tokens[index].end
    draft.rules.append("unit.steps")
    return True
