"""Units left out: "11.45 million" in a list of dollars, "110 of them", "squadrons to 160"."""

from dataclasses import replace
from functools import cache

from db.quantities import lexicon
from db.quantities.drafts import Draft
from db.quantities.nouns import Heads, singular
from db.quantities.tokens import Token

_NEAR = 12
# "4, 7, 9 and 12 tanks": longer rows are tables, and a bound keeps the time linear.
_LONGEST_ROW = 8
_FAR = 60
_ASIDE = frozenset(("with", "at", "from", "by", "to"))
_LISTED = frozenset((",", ";", "(", ")", "-", "–", "—", '"', "“", "”"))


@cache
def _words(language: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.load(f"quantities.{language}").get("ellipsis", {}).get(key, ()))


def resolve(drafts: list[Draft], tokens: list[Token], heads: Heads, currency: str | None) -> None:
    """Gives every bare draft the unit its passage implies; what stays bare is no figure."""
    for index, draft in enumerate(drafts):
        if draft.bare:
            _resolve(drafts, index, tokens, heads, currency)


def _resolve(
    drafts: list[Draft], index: int, tokens: list[Token], heads: Heads, currency: str | None
) -> None:
    draft = drafts[index]
    spelt_small = draft.number.spelt and draft.number.scale == 1
    if "ellipsis.of_them" in draft.rules:
        if not _from_last(drafts, index, tokens, 3, counts=True):
            _left_noun(draft, tokens, heads, 20)
        return
    if heads.language == "en" and (
        _respectively(drafts, index, tokens) or _of_goods(drafts, index, tokens)
    ):
        return
    if _coordinated(drafts, index, tokens, heads.language):
        return
    after = tokens[draft.last].low if draft.last < len(tokens) else ""
    if after in _words(heads.language, "others") and _from_last(drafts, index, tokens, 4, True):
        return
    if draft.number.scale >= 1e6 and _money_list(drafts, index, tokens):
        return
    if _labelled(drafts, index, tokens, heads):
        return
    if _priced(draft, tokens, heads.language):
        paid = [other for other in drafts[max(0, index - 4) : index] if other.kind == "money"]
        if paid:
            _inherit(draft, paid[-1], "ellipsis.cost", 0.7)
            return
        if _cost(drafts, index, tokens, heads.language, currency):
            return
    if _pronoun(drafts, index, tokens, heads):
        return
    if _copula(draft, tokens, heads):
        return
    if _number_of(draft, tokens, heads):
        return
    if _verb_subject(draft, tokens, heads) or _aged(draft, tokens, heads):
        return
    if _subject(draft, tokens, heads) or _group(draft, tokens, heads):
        return
    if _listed_noun(drafts, index, tokens, heads):
        return
    if _people(draft, tokens, heads):
        return
    if _relative(drafts, index, tokens, heads):
        return
    if _cost(drafts, index, tokens, heads.language, currency):
        return
    if _more_of_them(draft, tokens, heads):
        return
    if spelt_small and _from_last(drafts, index, tokens, 0, counts=True):
        return
    if _from_last(drafts, index, tokens, 0):
        return
    if _from_last(drafts, index, tokens, 1 if spelt_small else 2, counts=spelt_small):
        return
    if not _from_next(drafts, index, tokens, heads.language == "en"):
        _money_about(drafts, index, heads.language)


def _money_about(drafts: list[Draft], index: int, language: str) -> bool:
    """As in "la banque avait 120 millions": of the money that the passage speaks of."""
    draft = drafts[index]
    if language == "en" or draft.number.scale < 1e6:
        return False
    for other in sorted(drafts, key=lambda other: abs(other.first - draft.first)):
        if other.kind == "money" and other.unit:
            _give(draft, other.unit, "ellipsis.money_about", 0.5)
            draft.kind = "money"
            draft.doubts.append("unit_implied")
            return True
    return False


def _respectively(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "their number rose to 450 and 11 thousand, respectively" after trucks and camels."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    row = [draft]
    for other in drafts[index + 1 : index + 4]:
        if other.bare and other.first - row[-1].last <= 2:
            row.append(other)
    if row[-1].last + 1 >= len(tokens) or "respectively" not in (
        tokens[row[-1].last].low,
        tokens[row[-1].last + 1].low,
    ):
        return False
    named = [
        other
        for other in drafts[max(0, index - _NEAR) : index]
        if other.kind == "count" and sentence - tokens[other.first].sentence <= 1
    ][-len(row) :]
    if len(named) < len(row) or len(row) == 1:
        return False
    for bare, other in zip(row, named, strict=True):
        _inherit(bare, other, "ellipsis.respectively", 0.8)
    return True


def _of_goods(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "430 piculs of pepper, 57 of tin": the measure of the goods before."""
    draft = drafts[index]
    if draft.last + 1 >= len(tokens) or tokens[draft.last].low != "of":
        return False
    for other in reversed(drafts[max(0, index - 4) : index]):
        if tokens[other.first].sentence != tokens[draft.first].sentence:
            return False
        of = other.last < len(tokens) and tokens[other.last].low == "of"
        if of and other.unit and other.unit not in ("fraction", "times"):
            _inherit(draft, other, "ellipsis.of_goods", 0.8)
            return True
    return False


def _more_of_them(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "The first case came on Monday. Three more followed": the noun of the sentence before."""
    after = tokens[draft.last].low if draft.last < len(tokens) else ""
    if heads.language != "en" or after not in ("more", "others"):
        return False
    sentence = tokens[draft.first].sentence
    at = draft.first
    while at and draft.first - at < _FAR and sentence - tokens[at - 1].sentence <= 1:
        at -= 1
    for step in range(at, draft.first):
        if tokens[step].sentence == sentence or tokens[step].masked:
            continue
        found = heads.at(step, draft.first)
        if found is not None and found.measure is None:
            _give(draft, found.unit, "ellipsis.more", 0.6)
            return True
    return False


# Before the French "en" that stands for what was counted.
_BEFORE_EN = frozenset(("il", "elle", "on", "ils", "elles", "n", "ne", "qui", "y", "nous"))


def _pronoun(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "ils étaient 1 150", "waren es deren nur sieben", "их было 143": what was counted."""
    draft = drafts[index]
    pronouns = _words(heads.language, "pronouns")
    if not pronouns:
        return False
    for step in range(draft.first - 1, max(-1, draft.first - 5), -1):
        token = tokens[step]
        if token.sentence != tokens[draft.first].sentence or token.text in ";:,.":
            return False
        if token.kind == "n" or token.masked:
            if token.masked:
                continue
            return False
        if token.low not in pronouns or tokens[step + 1].masked:
            continue
        if token.low == "en" and step and tokens[step - 1].low not in _BEFORE_EN:
            return False
        if token.low == "es" and not (
            {tokens[step - 1].low, tokens[step + 1].low} & heads.known.auxiliaries
        ):
            return False
        counted = [
            other
            for other in reversed(drafts[max(0, index - 6) : index])
            if other.kind == "count" and other.unit and "noun.unknown" not in other.rules
        ]
        if not counted:
            return False
        alike = min(counted, key=lambda other: _ratio(draft, other))
        if _ratio(draft, counted[0]) < 3 * _ratio(draft, alike):
            alike = counted[0]
        _inherit(draft, alike, "ellipsis.pronoun", 0.75)
        return True
    return False


def _priced(draft: Draft, tokens: list[Token], language: str) -> bool:
    """Whether a verb of price stands right before: "n'en valaient que 875"."""
    verbs = _words(language, "priced")
    before = tokens[max(0, draft.first - 3) : draft.first]
    return any(token.low in verbs for token in before)


def _from_next(drafts: list[Draft], index: int, tokens: list[Token], english: bool) -> bool:
    """As in "Müller 12,406, Schulze 9,877 votes": the unit comes with the last number of the row."""
    draft = drafts[index]
    for other in drafts[index + 1 : index + 4]:
        if tokens[other.first].sentence != tokens[draft.first].sentence:
            return False
        if other.unit is None:
            continue
        row = any(token.text in ",;" for token in tokens[draft.last : other.first])
        if english and not (row and draft.number.spelt == other.number.spelt):
            return False  # "Depot 3 held 6 tanks"
        alike = other.kind == "money" and draft.number.scale == other.number.scale > 1
        if not alike and (other.kind != "count" or draft.number.spelt):
            return False
        _inherit(draft, other, "ellipsis.next_unit", 0.5)
        draft.doubts.append("unit_implied")
        return True
    return False


def _give(draft: Draft, unit: str, rule: str, confidence: float) -> None:
    draft.unit = unit
    draft.rules.append(rule)
    draft.confidence = min(draft.confidence, confidence)


def _inherit(draft: Draft, other: Draft, rule: str, confidence: float) -> None:
    _give(draft, other.unit or "", rule, confidence)
    draft.kind, draft.per = other.kind, draft.per or other.per
    part = other.part if other.kind == "money" else 1.0
    if other.kind == "money" and other.number.scale >= 1e6 and draft.number.scale == 1:
        # "23.4 million, of which the mills gave 8.1": the scale is left out with the unit.
        raw = other.value / other.number.scale
        if draft.value < 1000 and raw / 100 < draft.value < raw * 100:
            draft.value *= other.number.scale
            draft.high = draft.high and draft.high * other.number.scale
            draft.number = replace(draft.number, scale=other.number.scale)
            draft.doubts.append("scale_implied")
    draft.why.append(("unit", other.unit or "", other.start, other.end))
    if part != 1.0 and not draft.number.scale > 1:
        draft.value *= part
        if draft.high is not None:
            draft.high *= part


def _coordinated(
    drafts: list[Draft], index: int, tokens: list[Token], language: str, depth: int = 0
) -> bool:
    """As in "20 and 25 million dollars": the unit, and the scale, of the next number of the row."""
    if index + 1 >= len(drafts) or depth > _LONGEST_ROW:
        return False
    draft, following = drafts[index], drafts[index + 1]
    between = [
        token for token in tokens[draft.last : _opens(following, tokens)] if not token.masked
    ]
    if len(between) > 4 or not between:
        return False
    if tokens[draft.first].sentence != tokens[following.first].sentence:
        return False
    ands, links = _words(language, "and"), _words(language, "links")
    if all(token.low in _words(language, "of") for token in between) and following.unit:
        _inherit(draft, following, "ellipsis.part_of", 0.8)
        return following.kind == "count"
    if not all(token.low in ands or token.low in links or token.text == "," for token in between):
        return False
    if not any(token.low in ands or token.text == "," for token in between):
        return False
    if language == "en" and between[0].text == "," and len(between) > 1:
        # "we got 12,000, and sixty-four cottages", "18,000 men, with 48 guns": another matter.
        if between[1].low in _ASIDE or draft.number.spelt != following.number.spelt:
            return False
        before = tokens[draft.first - 1].text if draft.first else ""
        if between[1].low in ands and before not in (",", ";", ":") and not following.bare:
            return False
    if len(between) == 2 and between[0].text == "," and between[1].low in ("or", "ou", "oder"):
        # "19,870, or 38 per thousand" says the same twice.
        return False
    if following.bare and not _coordinated(drafts, index + 1, tokens, language, depth + 1):
        return False
    if "noun.inverted" in following.rules:
        return False
    if following.unit is None or following.sign_first >= 0 or following.kind == "duration":
        return False
    if following.unit == "fraction":
        return False
    raw = following.value / following.number.scale / (following.part or 1.0)
    if (
        draft.number.scale == 1
        and following.number.scale >= 1000
        and draft.value <= 100 * raw
        and draft.value < 1000
    ):
        draft.value *= following.number.scale
    _inherit(draft, following, "ellipsis.row", 0.85)
    return True


def _money_list(drafts: list[Draft], index: int, tokens: list[Token]) -> bool:
    """As in "for 11.45 million" after "$16.74 million": a list of sums names its money once."""
    draft, other = drafts[index], drafts[index - 1]
    if not index or other.kind != "money":
        return False
    if tokens[other.first].sentence != tokens[draft.first].sentence:
        return False
    _inherit(draft, other, "ellipsis.money_list", 0.9)
    return True


def _cost(
    drafts: list[Draft], index: int, tokens: list[Token], language: str, currency: str | None
) -> bool:
    """As in "It cost 9 millions": money, in the passage's or the language's own currency."""
    draft = drafts[index]
    costs = _words(language, "costs")
    sentence = tokens[draft.first].sentence
    if draft.number.spelt and draft.number.scale == 1:
        return False
    before = drafts[index - 1] if index else None
    if before and before.kind == "percent" and tokens[before.first].sentence == sentence:
        return False
    for step in range(draft.first - 1, max(-1, draft.first - 9), -1):
        token = tokens[step]
        if (
            token.sentence != sentence
            or token.text in ";:"
            or (token.kind == "n" and not token.masked)
        ):
            return False
        if token.low in costs:
            break
    else:
        return False
    for other in reversed(drafts[max(0, index - _NEAR) : index]):
        if other.kind == "money" and other.unit:
            _inherit(draft, other, "ellipsis.cost", 0.7)
            return True
    own = currency or lexicon.load(f"quantities.{language}").get("ellipsis", {}).get("money")
    if not own:
        return False
    _give(draft, own, "ellipsis.cost", 0.5)
    draft.kind = "money"
    draft.doubts.append("unit_implied")
    return True


def _opens(draft: Draft, tokens: list[Token]) -> int:
    edge = draft.first
    while edge and tokens[edge - 1].start >= draft.start:
        edge -= 1
    return edge


def _copula(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "201,955 were males": the noun behind the verb."""
    at = draft.last
    known = heads.known
    if at + 1 >= len(tokens) or tokens[at].low not in known.auxiliaries:
        return False
    sentence = tokens[draft.first].sentence
    for step in range(at + 1, min(at + 4, len(tokens))):
        if tokens[step].sentence != sentence:
            break
        if tokens[step].low in known.people_verbs:
            _give(draft, "person", "ellipsis.people", 0.85)
            return True
    found = heads.behind(at + 1, len(tokens), False)
    if found is not None and found.known and found.first <= at + 2 and found.measure is None:
        _give(draft, found.unit, "ellipsis.copula", 0.8)
        return True
    return False


def _number_of(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "the number of divisions to 65", "immigrants number 38,750"."""
    language = heads.language
    sentence = tokens[draft.first].sentence
    numbers = _words(language, "number")
    ofs = _words(language, "of")
    for step in range(draft.first - 1, max(-1, draft.first - 16), -1):
        token = tokens[step]
        if token.sentence != sentence or (token.kind == "n" and not token.masked):
            return False
        if token.low not in numbers:
            continue
        after = step + 1
        if language == "en":
            if after < draft.first and tokens[after].low in ofs:
                found = heads.behind(_past_owner(tokens, after + 1), draft.first, False)
                if found is not None and found.measure is None:
                    _give(draft, found.unit, "ellipsis.number_of", 0.9)
                    return True
            counting = token.low in ("number", "numbered", "numbering")
            if counting and step >= draft.first - 4 and _left_noun(draft, tokens, heads, 12, step):
                return True
        else:
            found = heads.behind(after, draft.first, False)
            if found is not None and found.known and found.measure is None:
                _give(draft, found.unit, "ellipsis.number_of", 0.9)
                return True
    return False


def _group(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "a garrison of 500", "the strength sank to 9,700"."""
    known = heads.known
    sentence = tokens[draft.first].sentence
    steps = 0
    for step in range(draft.first - 1, max(-1, draft.first - 24), -1):
        token = tokens[step]
        if token.masked:
            continue
        steps += 1
        if token.sentence != sentence or token.text in ",;:" or steps > 10:
            return False
        if token.low in known.groups:
            _give(draft, known.groups[token.low], "ellipsis.group", 0.8)
            if draft.unit == "year":
                draft.kind = "duration"
            elif draft.unit == "degree":
                draft.kind = "other"
            return True
    return False


def _labelled(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "Airports: 222 total, 205 usable; 36 paved": what stands before the colon."""
    draft = drafts[index]
    if heads.language != "en" or draft.number.spelt:
        return False
    sentence = tokens[draft.first].sentence
    previous = drafts[index - 1] if index else None
    if previous is not None and "ellipsis.label" in previous.rules:
        between = tokens[previous.last : draft.first]
        if tokens[previous.first].sentence == sentence and any(t.text in ",;" for t in between):
            _inherit(draft, previous, "ellipsis.label", 0.7)
            return True
    for other in reversed(drafts[max(0, index - 4) : index]):
        # Between two of the row stands the length or share of one of them.
        if tokens[other.first].sentence != sentence:
            return False
        if "ellipsis.label" in other.rules and tokens[draft.first - 1].text == ";":
            _inherit(draft, other, "ellipsis.label", 0.6)
            return True
    at = draft.first - 1
    if at > 0 and tokens[at].text == "(":
        at -= 1
    opened = at
    while at > 0 and tokens[at].text in (":", "-", "–", "—", ","):
        at -= 1
    signs = "".join(token.text for token in tokens[at + 1 : opened + 1])
    if signs == "," and tokens[at].low not in heads.known.groups:
        return False
    if signs not in (":", "--", "—", ",") or tokens[at].masked or tokens[at].kind != "w":
        return False
    group = heads.known.groups.get(tokens[at].low)
    found = heads.at(at, at + 1)
    unit = group or (found.unit if found else heads.plural_at(at))
    if unit is None or (group is None and heads.plural_at(at) is None):
        return False
    _give(draft, unit, "ellipsis.label", 0.75)
    return True


def _subject(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "Deaths in the six months were 19,870": the noun that opens the sentence."""
    before = draft.first - 1
    if before < 1:
        return False
    if heads.language != "ru" and tokens[before].low not in _words(heads.language, "subject"):
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


def _verb_subject(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "The admissions rose to 143": the plural right before the verb."""
    if heads.language != "en" or draft.first < 3:
        return False
    at = draft.first - 1
    verbs = _words("en", "verbs")
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
    _give(draft, found.unit if found else single, "ellipsis.subject", 0.8)
    return True


def _aged(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """As in "Children under five" are under five years."""
    at = draft.first - 1
    if heads.language != "en" or at < 1 or draft.value > 100:
        return False
    people = ("children", "boys", "girls", "men", "women", "persons", "people", "infants", "males")
    if tokens[at].low not in ("under", "over", "above", "below", "aged"):
        return False
    if tokens[at].low != "aged" and tokens[at - 1].low not in people:
        return False
    _give(draft, "year", "ellipsis.age", 0.8)
    draft.kind = "duration"
    return True


def _opens_with(draft: Draft, tokens: list[Token], heads: Heads, start: int, before: int) -> bool:
    """Whether a counted noun opens the words from `start`; then it is what `draft` counts."""
    for step in range(_past_owner(tokens, start), min(start + 5, before)):
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
                _give(draft, state, "ellipsis.subject", 0.75)
                return True
        if found is not None and (heads.language != "en" or heads.plural_at(step)):
            if heads.language == "ru" and step > start:
                return False
            if found.measure is None:
                _give(draft, found.unit, "ellipsis.subject", 0.8)
                return True
    return False


def _left_noun(
    draft: Draft, tokens: list[Token], heads: Heads, reach: int, edge: int | None = None
) -> bool:
    """The nearest counted noun to the left."""
    edge = draft.first if edge is None else edge
    sentence = tokens[draft.first].sentence
    for step in range(edge - 1, max(-1, edge - reach), -1):
        if tokens[step].sentence != sentence:
            break
        if tokens[step].masked:
            continue
        found = heads.at(step, edge)
        if found is not None and (heads.language != "en" or heads.plural_at(step) is not None):
            _give(draft, found.unit, "ellipsis.noun_before", 0.75)
            return True
        single = heads.plural_at(step)
        if single is not None and tokens[step].low not in heads.known.stop:
            _give(draft, single, "ellipsis.noun_before", 0.7)
            return True
    return False


# Prepositions of time and place: the noun behind them is not what is counted.
_AFTER = frozenset(
    (
        *("перед", "после", "до", "в", "во", "на", "к", "по", "за", "при", "из", "от", "с"),
        *("avant", "après", "pendant", "dans", "sous", "à", "en", "vers", "depuis"),
        *("vor", "nach", "während", "in", "im", "bei", "seit", "aus", "zu"),
    )
)


def _listed_noun(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "..., air squadrons to 160": a row whose items put the noun before the number."""
    draft = drafts[index]
    at = _opens(draft, tokens) - 1
    links = _words(heads.language, "links")
    steps = 0
    while at > 0 and tokens[at].low in links and steps < 3:
        at, steps = at - 1, steps + 1
    if at < 0 or not steps or tokens[at].masked or tokens[at].kind != "w":
        return False
    if heads.language == "en" and heads.plural_at(at) is None:
        return False
    found = heads.at(at, at + 1)
    if found is not None and heads.language != "en" and at and tokens[at - 1].low in _AFTER:
        return False  # "перед войной — 140": no wars
    if found is not None and found.measure is None:
        _give(draft, found.unit, "ellipsis.noun_in_row", 0.85)
        return True
    single = heads.plural_at(at)
    previous = drafts[index - 1] if index else None
    if single is None or previous is None or previous.kind != "count":
        return False
    if tokens[previous.first].sentence != tokens[draft.first].sentence:
        return False
    _give(draft, singular(tokens[at].low, heads.known) or single, "ellipsis.noun_in_row", 0.75)
    return True


def _people(draft: Draft, tokens: list[Token], heads: Heads) -> bool:
    """Killed, wounded, arrested: people, also where no noun says so."""
    known = heads.known
    sentence = tokens[draft.first].sentence
    for step in range(draft.first - 1, max(-1, draft.first - 4), -1):
        if tokens[step].sentence != sentence or tokens[step].text in ",;":
            break
        if tokens[step].low in known.people_verbs:
            _give(draft, "person", "ellipsis.people", 0.8)
            return True
    at = draft.last
    for step in range(at, min(at + 3, len(tokens))):
        if tokens[step].sentence != sentence or tokens[step].text in ",;":
            break
        if tokens[step].low in known.people_verbs:
            _give(draft, "person", "ellipsis.people", 0.8)
            return True
    return False


def _relative(drafts: list[Draft], index: int, tokens: list[Token], heads: Heads) -> bool:
    """As in "labourers, of whom 14,000", "Of the estates, 212": the noun the number picks from."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    relatives = _words(heads.language, "relative")
    if draft.per is None and _rated(draft, tokens, heads):
        return True
    for step in range(draft.first - 1, max(-1, draft.first - 7), -1):
        if tokens[step].sentence != sentence:
            break
        if tokens[step].low in relatives:
            previous = drafts[index - 1] if index else None
            if (
                previous is not None
                and previous.kind == "count"
                and previous.unit
                and tokens[previous.first].sentence == sentence
                and step - previous.last < 8
            ):
                _inherit(draft, previous, "ellipsis.of_which", 0.85)
                return True
            return _left_noun(draft, tokens, heads, 25, step)
    of = _words(heads.language, "partitive")
    start = draft.first
    while start and draft.first - start < _FAR and tokens[start - 1].sentence == sentence:
        start -= 1
    if tokens[start].low in of and draft.first - start < 14:
        found = heads.behind(_past_owner(tokens, start + 1), draft.first, False)
        if found is not None and found.measure is None and found.rule != "noun.unknown":
            _give(draft, found.unit, "ellipsis.of_which", 0.85)
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
    _give(draft, found.unit, "ellipsis.noun_before", 0.75)
    return True


def _past_owner(tokens: list[Token], at: int) -> int:
    owners = ("the", "these", "those", "its", "their", "his", "our")
    while at < len(tokens) - 1 and tokens[at].low in owners:
        at += 1
    return at


def _candidates(drafts: list[Draft], index: int, tokens: list[Token], back: int) -> list[Draft]:
    """The figures before, nearest first; one of the same size goes before one of quite another."""
    draft, sentence = drafts[index], tokens[drafts[index].first].sentence
    near = [
        other
        for other in reversed(drafts[max(0, index - _NEAR) : index])
        if sentence - tokens[other.first].sentence <= back and other.unit is not None
    ]
    alike = [other for other in near[1:4] if _ratio(draft, other) < 8]
    if near and alike and _ratio(draft, near[0]) > 50 and near[0].number.scale == 1.0:
        return [alike[0], *near]
    if near and alike and near[0].kind == "money" and _ratio(draft, near[0]) > 200:
        return [alike[0], *near]
    return near


def _ratio(draft: Draft, other: Draft) -> float:
    low, high = sorted((abs(draft.value) or 1e-9, abs(other.value) or 1e-9))
    return high / low


def _from_last(
    drafts: list[Draft], index: int, tokens: list[Token], back: int, counts: bool = False
) -> bool:
    """The unit of the last figure, at most `back` sentences before."""
    draft = drafts[index]
    sentence = tokens[draft.first].sentence
    for other in _candidates(drafts, index, tokens, back):
        if other.unit is None or other.unit in ("fraction", "times", "ratio"):
            continue
        if other.unit == "degree" and (back or draft.value > 120 or draft.number.scale > 1):
            continue
        if counts and other.kind not in ("count",):
            continue
        if other.kind == "duration":
            continue
        if other.kind == "money" and other.part < 1 and draft.value > 1000:
            continue  # "a reward of two annas a tail brought in 47,300": no coins
        if other.unit == "per mille" and draft.value > 1000:
            continue
        if other.kind == "percent" and (draft.value > 100 or draft.number.scale > 1):
            continue
        if draft.number.scale >= 1e6 and other.kind == "count" and other.number.scale < 1000:
            continue
        confidence = 0.7 if sentence == tokens[other.first].sentence else 0.55
        if "noun.unknown" in other.rules:
            confidence -= 0.2
        _inherit(draft, other, "ellipsis.last_unit", confidence)
        draft.doubts.append("unit_implied")
        return True
    return False
