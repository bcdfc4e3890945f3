"""The noun that a number counts: where it stands behind the number and what English calls it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from db.quantities import lexicon
from db.quantities.phrases import Phrases
from db.quantities.spelling import spelling
from db.quantities.tokens import HYPHENS, Token, glued
from db.quantities.units import Unit, behind


@dataclass(frozen=True, slots=True)
class Nouns:
    """The counted nouns and the words around them of one language."""

    counted: Phrases[str]
    stop: frozenset[str]
    skipped: frozenset[str]
    singular: dict[str, str]
    not_plural: frozenset[str]
    leading: frozenset[str]
    states: dict[str, str]
    peoples: frozenset[str]
    rhetorical: frozenset[str]
    groups: dict[str, str]
    people_verbs: frozenset[str]
    auxiliaries: frozenset[str]
    verb_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A counted noun by its unit; `known` says that the lexicon has it."""

    unit: str
    first: int
    last: int
    known: bool
    rule: str
    measure: Unit | None = None


@cache
def nouns(language: str) -> Nouns:
    """The counted nouns of `language` out of its lexicon."""
    data = lexicon.load(f"quantities.{language}")
    words: dict[str, Any] = data.get("nouns", {})
    counted: Phrases[str] = Phrases(tails=language == "de")
    for form, unit in lexicon.counted(language):
        counted.add(form, unit)
    for form, unit in lexicon.counted(language):
        for other in _other_forms(form, language):
            counted.add(other, unit)
    singular: dict[str, str] = dict(words.get("singular", {}))
    if language == "en":
        for noun in data.get("english", {}).get("regular", ()):
            counted.add(plural(noun), noun)
            counted.add(noun, noun)
    months: list[list[str]] = lexicon.load(f"dates.{language}").get("months", [])
    # "14. Juni", "3 апреля" count no months, even where nothing tells their year.
    named = {form for forms in months for form in forms if language != "en"}
    return Nouns(
        counted=counted,
        stop=frozenset((*words.get("stop", ()), *named)),
        skipped=frozenset(words.get("skipped", ())),
        singular=singular,
        not_plural=frozenset(words.get("not_plural", ())),
        leading=frozenset(words.get("leading", ())),
        states={word: unit for unit, forms in words.get("states", {}).items() for word in forms},
        peoples=frozenset(words.get("peoples", ())),
        rhetorical=frozenset(words.get("rhetorical", ())),
        groups={word: unit for unit, forms in words.get("groups", {}).items() for word in forms},
        people_verbs=frozenset(words.get("people_verbs", ())),
        auxiliaries=frozenset(words.get("auxiliaries", ())),
        verb_endings=tuple(words.get("verb_endings", ())),
    )


lexicon.made_of_words(nouns.cache_clear)


def _other_forms(form: str, language: str) -> tuple[str, ...]:
    """The dative of a German plural."""
    if language == "de" and form.endswith(("e", "er", "el")):
        return (form + "n",)
    return ()


def plural(noun: str) -> str:
    """The regular plural of an English noun, of its last word."""
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("man") and not noun.endswith(("german", "roman", "human", "talisman")):
        return noun[:-3] + "men"
    return noun + "s"


# Seven words and the signs between them; a bound in tokens keeps the time linear.
_LONGEST_RUN = 18
_SIBILANTS = ("sses", "xes", "ches", "shes", "zzes")


def singular(word: str, known: Nouns) -> str | None:
    """The singular of an English plural in British spelling, None where it is no plural."""
    if word in known.singular:
        return known.singular[word]
    if word in known.not_plural or len(word) < 4:
        return None
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "ous", "'s")):
        return None
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANTS):
        return word[:-2]
    stem = word[:-1]
    if stem.endswith("orer") and stem.startswith("labor"):
        return "labourer"
    return stem


# Spectra, fungi, oxen, formulae, dice, teeth: plurals that take no s.
_OLD_PLURALS = ("a", "i", "en", "ae", "ice", "eese", "eeth", "eet")


# The plural of the past, which no counted noun outside the lexicon ends in.
_RUSSIAN_VERBS = ("али", "яли", "или", "ели", "ули", "лись")


class Heads:
    """Finds the counted noun behind a number in one passage."""

    def __init__(self, tokens: list[Token], language: str) -> None:
        self.tokens = tokens
        self.language = language
        self.known = nouns(language)
        self.numbers = spelling(language).small
        self._vague = spelling(language).vague
        # English counts "marks"; "12 Mark" and "5 mark" are said in German and in Finland.
        self._no_plural = ("second", "quarter", "mark") if language == "en" else ()

    def at(self, index: int, stop: int) -> Head | None:
        """The lexicon's noun that starts at `index`."""
        found = self.known.counted.find(self.tokens, index, stop)
        if found is None:
            return None
        if self.language == "de" and not self.tokens[found[1] - 1].text[0].isupper():
            return None  # "deutsche Meilen", "arme Leute": a German noun has a capital
        return Head(found[0], index, found[1], True, "noun.lexicon")

    def measure_or_noun(self, at: int, stop: int, direct: bool = True) -> Head | None:
        """The unit or noun right at `at`, be it singular."""
        if at >= stop:
            return None
        return self._noun(at, stop, True, direct) or self.at(at, stop)

    def plural_at(self, index: int) -> str | None:
        """The singular of the English plural at `index`."""
        if self.language != "en" or self.tokens[index].kind != "w":
            return None
        return singular(self.tokens[index].low, self.known)

    def is_stop(self, index: int) -> bool:
        """Whether the run of words behind a number ends at `index`."""
        token = self.tokens[index]
        if token.masked or token.kind in "nf":
            return True
        if token.kind == "s":
            if token.text in HYPHENS and glued(self.tokens, index):
                return not glued(self.tokens, index + 1)
            return token.text not in "\"“”«»„‘’'"
        if token.text == "States" and index and self.tokens[index - 1].text == "United":
            return False
        if token.low in self._vague and self.language == "en":
            return True  # "one story many times"
        return token.low in self.known.stop or token.low in self.numbers

    def behind(self, index: int, stop: int, one: bool) -> Head | None:
        """The counted noun of a number that ends at `index`.

        `one` says that the number is one, so a singular noun follows.
        """
        tokens, known = self.tokens, self.known
        at, run = index, 0
        stop = min(stop, index + _LONGEST_RUN)
        state: Head | None = None
        people = False
        if index < stop and tokens[index].kind == "s":
            sign = behind(tokens, index, stop, self.language, True)
            if sign is not None:
                return Head(sign[0].name, index, sign[1], True, "unit.sign", sign[0])
        while at < stop and run < 7:
            # "24 75-mm guns", "28 SB-2 aircraft": a numeral inside a name or a measure.
            if tokens[at].kind == "n" and not tokens[at].masked:
                if glued(tokens, at) and tokens[at - 1].text in HYPHENS and at > index:
                    at += 1
                    continue
                if self._is_measure(at, stop):
                    at += 3
                    continue
                break
            if at == index and tokens[at].kind == "w" and not tokens[at].masked:
                # "12 per cent": "per" would end the run.
                unit = behind(tokens, at, stop, self.language, True)
                if unit is not None and (unit[1] > at + 1 or tokens[at].low == "sous"):
                    return Head(unit[0].name, at, unit[1], True, f"unit.{unit[0].kind}", unit[0])
            if self.is_stop(at):
                if at == index and self.language == "fr" and tokens[at].low == "sous":
                    return self.at(at, stop)  # "5 sous-marins"
                break
            token = tokens[at]
            if token.kind == "w":
                run += 1
                found = self._noun(at, stop, one, at == index)
                if found is not None:
                    return found
                if (
                    self.language == "ru"
                    and len(token.low) > 5
                    and token.low.endswith(_RUSSIAN_VERBS)
                ):
                    break  # "ещё сорок получили ожоги"
                named = self.language != "de" or token.text[0].isupper()
                if token.low in known.states and state is None and named:
                    if self.language != "en":
                        return self._after_state(at, stop, one) or Head(
                            known.states[token.low], at, at + 1, True, "noun.state"
                        )
                    state = Head(known.states[token.low], at, at + 1, True, "noun.state")
                people = people or token.low in known.peoples
            at += 1
        if state is not None:
            return state
        if people and at > index:
            return Head("person", index, at, True, "noun.people")
        if self.language != "en" and at > index:
            return self._foreign(index, at)
        return None

    def _after_state(self, at: int, stop: int, one: bool) -> Head | None:
        """The noun behind a word that may be its adjective: "drei deutsche Meilen"."""
        if at + 1 >= stop or self.is_stop(at + 1) or self.tokens[at + 1].kind != "w":
            return None
        if self.language == "fr" or (
            self.language == "de"
            and (self.tokens[at].text[0].isupper() or not self.tokens[at + 1].text[0].isupper())
        ):
            return None
        found = self._noun(at + 1, stop, one)
        return found if found is not None and found.known else None

    def _is_measure(self, at: int, stop: int) -> bool:
        """Whether "75-mm" stands at `at`, as part of a name."""
        tokens = self.tokens
        return (
            at + 2 < stop
            and tokens[at + 1].text in HYPHENS
            and glued(tokens, at + 1)
            and glued(tokens, at + 2)
            and tokens[at + 2].kind == "w"
        )

    def _noun(self, at: int, stop: int, one: bool, direct: bool = False) -> Head | None:
        tokens, known = self.tokens, self.known
        low = tokens[at].low
        measure = behind(tokens, at, stop, self.language, direct)
        if measure is not None and not one and low in self._no_plural:
            measure = None
        if measure is not None and (direct or not measure[0].tight):
            unit, last = measure
            return Head(unit.name, at, last, True, f"unit.{unit.kind}", unit)
        found = self.at(at, stop)
        if found is not None:
            if low in known.leading and found.last == at + 1 and self._noun_follows(at + 1, stop):
                return None
            return found if self._is_plural_enough(found, one) else None
        if self.language != "en":
            return None
        single = singular(low, known)
        if single is not None and tokens[at].text[0].isupper() and self._is_name(at, stop):
            return None
        if single is None or (low in known.leading and self._noun_follows(at + 1, stop)):
            return None
        # "machine guns", "cabinet ministers": the word before the head is no part of the unit.
        return Head(single, at, at + 1, False, "noun.plural")

    def _is_name(self, at: int, stop: int) -> bool:
        """Whether a plural with a capital belongs to a name before the noun.

        As in "260 Foreign Relations volumes", "12 United States attorneys".
        """
        if self.tokens[at].text == "States":
            return True
        following = at + 1
        if following >= stop or self.is_stop(following):
            return False
        return self.tokens[following].text.islower() and self.plural_at(following) is not None

    def _is_plural_enough(self, found: Head, one: bool) -> bool:
        """English counts plurals: "20 division commanders" are no divisions."""
        if self.language != "en":
            return True
        word = self.tokens[found.last - 1].low
        if one or singular(word, self.known) is not None or word in self.known.not_plural:
            return True
        if word in self.known.singular.values() and word in self.known.singular:
            return True
        return found.unit != word and word.endswith(_OLD_PLURALS)

    def _noun_follows(self, at: int, stop: int) -> bool:
        if at >= stop or self.is_stop(at):
            return False
        return self._noun(at, stop, False) is not None

    def _foreign(self, index: int, end: int) -> Head | None:
        """A noun outside the lexicon of another language: the first that is no adjective."""
        for at in range(index, end):
            token = self.tokens[at]
            if token.kind != "w" or len(token.low) < 3 or token.low in self.known.skipped:
                continue
            if self.known.verb_endings and token.low.endswith(self.known.verb_endings):
                return None
            if self.language == "ru" and token.low.endswith(
                ("ых", "их", "ые", "ие", "ой", "ый", "ий", "ая", "ого", "его", "ым", "ими", "ыми")
            ):
                continue
            if self.language == "de" and not token.text[0].isupper():
                continue
            if self.language == "fr" and not token.low.endswith(("s", "x", "z")):
                return None  # "45.000 comptant": nothing that could be a plural
            return Head(token.low, at, at + 1, False, "noun.unknown")
        return None
