"""The noun of a number that stands elsewhere: "the number of divisions to 65", "of whom 14,000"."""

from db.quantities import implied
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads
from db.quantities.tokens import Token

_FAR = 60


def _is_of_people(
    draft: Draft, tokens: list[Token], heads: Heads, steps: range, ends: str = ""
) -> bool:
    """Whether a verb of what people do or suffer stands at `steps`, none of `ends` before it."""
    sentence = tokens[draft.first].sentence
    for step in steps:
        if tokens[step].sentence != sentence or tokens[step].text in ends:
            return False
        if tokens[step].low in heads.known.people_verbs:
            return True
    return False


def copula(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "201,955 were males": the noun behind the verb."""
    at = draft.last
    if at + 1 >= len(tokens) or tokens[at].low not in heads.known.auxiliaries:
        return False
    if _is_of_people(draft, tokens, heads, range(at + 1, min(at + 4, len(tokens)))):
        implied.give(draft, "person", "ellipsis.people", 0.85)
        return True
    found = heads.behind(at + 1, len(tokens), False)
    if found is not None and found.known and found.first <= at + 2 and found.measure is None:
        implied.give(draft, found.unit, "ellipsis.copula", 0.8)
        return True
    return False


def number_of(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "the number of divisions to 65", "immigrants number 38,750"."""
    language = heads.language
    sentence = tokens[draft.first].sentence
    numbers = implied.words(language, "number")
    ofs = implied.words(language, "of")
    for step in range(draft.first - 1, max(-1, draft.first - 16), -1):
        token = tokens[step]
        if token.sentence != sentence or (token.kind == "n" and not token.masked):
            return False
        if token.low not in numbers:
            unit = _in_compound(token, heads) if language == "de" else None
            if unit is None:
                continue
            implied.give(draft, unit, "ellipsis.number_of", 0.85)
            return True
        after = step + 1
        if language == "en":
            if after < draft.first and tokens[after].low in ofs:
                found = heads.behind(implied.past_owner(tokens, after + 1), draft.first, False)
                if found is not None and found.measure is None:
                    implied.give(draft, found.unit, "ellipsis.number_of", 0.9)
                    return True
            counting = token.low in ("number", "numbered", "numbering")
            if (
                counting
                and step >= draft.first - 4
                and implied.left_noun(draft, tokens, heads, 12, step)
            ):
                return True
        else:
            while after < draft.first and tokens[after].low in _ARTICLES:
                after += 1
            found = heads.behind(after, draft.first, False)
            if found is not None and found.known and found.measure is None:
                implied.give(draft, found.unit, "ellipsis.number_of", 0.9)
                return True
    return False


# Between a number and what it numbers: "die Zahl der Schüler", "le nombre de leurs élèves".
_ARTICLES = frozenset(
    (
        *("der", "die", "das", "des", "den", "aller", "dieser", "seiner", "ihrer", "unserer"),
        *("de", "des", "du", "d", "la", "les", "l", "leurs", "ses"),
    )
)


def _in_compound(token: Token, heads: Heads) -> str | None:
    """The noun inside "Schülerzahl" and "Lokomotivenzahl"."""
    if not token.low.endswith("zahl") or len(token.low) < 8 or token.low in heads.known.groups:
        return None
    for ending in ("zahl", "anzahl", "szahl"):
        noun = token.low.removesuffix(ending)
        inner = Token("w", token.start, token.end, noun.capitalize(), noun)
        found = heads.known.counted.find([inner], 0, 1) if noun else None
        if found is not None and found[0] != "item":  # "die Stückzahl" is of what was named
            return found[0]
    return None


def that_of(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "the number of destroyers grew to ten, that of submarines to 3"."""
    those, ofs = implied.words(heads.language, "those"), implied.words(heads.language, "of")
    sentence = tokens[draft.first].sentence
    for step in range(draft.first - 2, max(-1, draft.first - 9), -1):
        token = tokens[step]
        if token.sentence != sentence or token.text in ";:" or token.kind == "n":
            return False
        if token.low in those and tokens[step + 1].low in ofs:
            found = heads.behind(implied.past_owner(tokens, step + 2), draft.first, False)
            if found is None or found.measure is not None or not found.known:
                return False
            implied.give(draft, found.unit, "ellipsis.that_of", 0.8)
            return True
    return False


def in_number(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "the parish granaries, 214 in number", "les boulangeries, au nombre de 212"."""
    tail = [token.low for token in tokens[draft.last : draft.last + 2]]
    at = draft.first - 1
    if heads.language == "fr":
        if at < 3 or [token.low for token in tokens[at - 2 : at + 1]] != ["au", "nombre", "de"]:
            return False
        at -= 3
    elif tail not in (["in", "number"], ["an", "zahl"], ["an", "der"]):
        return False
    if tokens[at].text == ",":
        at -= 1
    for step in range(at, max(-1, at - 4), -1):
        if tokens[step].kind != "w" or tokens[step].masked:
            return False
        found = heads.at(step, at + 1)
        single = heads.plural_at(step)
        if found is not None and found.measure is None:
            implied.give(draft, found.unit, "ellipsis.in_number", 0.85)
            return True
        if single is not None and tokens[step].low not in heads.known.stop:
            implied.give(draft, single, "ellipsis.in_number", 0.8)
            return True
    return False


def group(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "a garrison of 500", "the strength sank to 9,700"."""
    known = heads.known
    sentence = tokens[draft.first].sentence
    steps = 0
    has_figure = False
    for step in range(draft.first - 1, max(-1, draft.first - 24), -1):
        token = tokens[step]
        if token.masked:
            continue
        steps += 1
        # "In the vote of 1911, 12,400 came out of 20,000": what stands before one figure and a
        # date is not what the next counts.
        has_figure = has_figure or token.text[:1].isdigit()
        dated = (
            token.text in ",()"
            and step > 1
            and (tokens[step - 1].masked or tokens[step - 1].text == ")" or tokens[step + 1].masked)
        )  # "Pop. (1891), 18,320"
        if dated and not has_figure:
            continue
        if token.sentence != sentence or token.text in ",;:" or steps > 10:
            return False
        if token.kind == "n":
            return False  # "in the vote 400 came out of the 900": counted since
        if token.low in known.groups:
            implied.give(draft, known.groups[token.low], "ellipsis.group", 0.8)
            if draft.unit == "year":
                draft.kind = "duration"
            elif draft.unit == "degree":
                draft.kind = "other"
            return True
    return False


def subject(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "Deaths in the six months were 19,870": the noun that opens the sentence."""
    before = draft.first - 1
    if before < 1:
        return False
    if heads.language != "ru" and tokens[before].low not in implied.words(
        heads.language, "subject"
    ):
        return False
    sentence = tokens[draft.first].sentence
    start = clause = before
    while start and before - start < _FAR and tokens[start - 1].sentence == sentence:
        if clause == start and (tokens[start - 1].masked or tokens[start - 1].text not in ",;:"):
            clause = start - 1
        start -= 1
    if clause > start:
        # "by September the deaths had mounted to 640": the clause's own noun comes first.
        while clause < before and (tokens[clause].masked or tokens[clause].low in ("by", "in")):
            clause += 1
        if _opens_with(draft, tokens, heads, clause, before):
            return True
    if heads.language == "ru" and before - start > 6:
        return False
    return _opens_with(draft, tokens, heads, start, before)


def verb_subject(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "The admissions rose to 143": the plural right before the verb."""
    if heads.language != "en" or draft.first < 3:
        return False
    at = draft.first - 1
    verbs = implied.words("en", "verbs")
    if tokens[at].low not in ("to", "at", "from", "by"):
        return False
    at -= 1
    moved = 0
    while (
        at > 0
        and moved < 3
        and (tokens[at].low in verbs or tokens[at].low in heads.known.auxiliaries)
    ):
        at, moved = at - 1, moved + 1
    if not moved or tokens[at].masked or tokens[at].sentence != tokens[draft.first].sentence:
        return False
    single = heads.plural_at(at)
    if single is None or tokens[at].low in heads.known.stop:
        return False
    found = heads.at(at, at + 1)
    if found is not None and found.measure is not None:
        return False
    implied.give(draft, found.unit if found else single, "ellipsis.subject", 0.8)
    return True


def aged(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "Children under five" are under five years."""
    at = draft.first - 1
    if heads.language != "en" or at < 1 or draft.value > 100:
        return False
    people = ("children", "boys", "girls", "men", "women", "persons", "people", "infants", "males")
    if tokens[at].low not in ("under", "over", "above", "below", "aged"):
        return False
    if tokens[at].low != "aged" and tokens[at - 1].low not in people:
        return False
    implied.give(draft, "year", "ellipsis.age", 0.8)
    draft.kind = "duration"
    return True


def _opens_with(draft: Draft, tokens: list[Token], heads: Heads, start: int, before: int) -> bool:
    """Whether a counted noun opens the words from `start`; then it is what `draft` counts."""
    for step in range(implied.past_owner(tokens, start), min(start + 5, before)):
        if tokens[step].kind != "w" or tokens[step].masked:
            return False
        if step > start and tokens[step].low in heads.known.stop:
            if tokens[step].low not in ("the", "of", "these", "all", "its", "their"):
                return False
            continue
        found = heads.at(step, before)
        if found is None and heads.language == "ru" and step == start:
            state = heads.known.states.get(tokens[step].low)
            if state is not None:
                implied.give(draft, state, "ellipsis.subject", 0.75)
                return True
        if found is not None and (heads.language != "en" or heads.plural_at(step)):
            if heads.language == "ru" and step > start:
                return False
            if found.measure is None:
                implied.give(draft, found.unit, "ellipsis.subject", 0.8)
                return True
    return False


def people(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """Killed, wounded, arrested: people, also where no noun says so."""
    if draft.first and tokens[draft.first - 1].low == "at" and draft.number.spelt:
        return False  # "He enlisted at nineteen"
    before = range(draft.first - 1, max(-1, draft.first - 4), -1)
    behind = range(draft.last, min(draft.last + 3, len(tokens)))
    if not any(_is_of_people(draft, tokens, heads, steps, ",;") for steps in (before, behind)):
        return False
    implied.give(draft, "person", "ellipsis.people", 0.8)
    return True


def relative(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "labourers, of whom 14,000", "Of the estates, 212": the noun the number picks from."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    relatives = implied.words(heads.language, "relative")
    if draft.per is None and _rated(draft, tokens, heads):
        return True
    for step in range(draft.first - 1, max(-1, draft.first - 7), -1):
        if tokens[step].sentence != sentence:
            break
        if tokens[step].low in relatives:
            previous = drafts[index - 1] if index else None
            if (
                previous is not None
                and (
                    previous.kind == "count"
                    or (
                        previous.kind in ("money", "mass")
                        and heads.language != "en"
                        and (heads.language == "ru" or draft.value * 200 > previous.value)
                    )
                )
                and previous.unit
                and tokens[previous.first].sentence == sentence
                and step - previous.last < 8
            ):
                implied.inherit(draft, previous, "ellipsis.of_which", 0.85)
                return True
            counted = [
                other
                for other in reversed(drafts[max(0, index - 4) : index])
                if other.kind == "count"
                and other.unit
                and tokens[other.first].sentence == sentence
                and step - other.last < 16
            ]
            if counted and heads.language in ("de", "fr"):
                # "46 Schiffe mit 38.000 Tonnen liefen vom Stapel, davon 29": ships
                implied.inherit(draft, counted[0], "ellipsis.of_which", 0.75)
                return True
            return implied.left_noun(draft, tokens, heads, 25, step)
    of = implied.words(heads.language, "partitive")
    start = draft.first
    while start and draft.first - start < _FAR and tokens[start - 1].sentence == sentence:
        start -= 1
    if tokens[start].low in of and draft.first - start < 14:
        found = heads.behind(implied.past_owner(tokens, start + 1), draft.first, False)
        if found is not None and found.measure is None and found.rule != "noun.unknown":
            implied.give(draft, found.unit, "ellipsis.of_which", 0.85)
            return True
    return False


def _rated(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "sleepers, 2,112 to the mile": the noun before the comma."""
    at = draft.first - 2
    if at < 0 or tokens[at + 1].text != "," or draft.last + 1 >= len(tokens):
        return False
    if tokens[draft.last].low not in ("to", "per", "in", "pour", "auf", "на") or tokens[at].masked:
        return False
    found = heads.at(at, at + 1)
    if found is None or heads.plural_at(at) is None:
        return False
    implied.give(draft, found.unit, "ellipsis.noun_before", 0.75)
    return True
