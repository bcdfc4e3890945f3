"""Numbers as prose spells them: digits with scales, number words, halves and fractions."""

from db.quantities.number_digits import LARGEST, Digits, Number
from db.quantities.tokens import HYPHENS, VULGAR, glued

# Behind these a small number multiplies: Russian for "about two thousand".
_PAUCAL = frozenset(("тысячи", "миллиона", "миллиарда"))


class Reader(Digits):
    """Reads the number that starts at a token of one passage."""

    def at(self, index: int) -> Number | None:
        """The number that starts at `index`."""
        token = self.tokens[index]
        if token.masked:
            return None
        if token.kind == "n":
            return self.digits(index)
        if token.kind == "f":
            return Number(index, index + 1, VULGAR[token.text], fraction=True)
        if token.kind == "w":
            return self._half(index) or self._spelt(index)
        return None

    def _half(self, index: int) -> Number | None:
        """Half a million, a quarter of a million, a third of the crop."""
        tokens, words = self.tokens, self.words
        at = index
        if tokens[at].low in words.articles and at + 1 < len(tokens):
            at += 1
        part = words.half_of.get(tokens[at].low)
        if part is None:
            return None
        after = at + 1
        skipped = 0
        while skipped < 3 and after < len(tokens):
            low = tokens[after].low
            if low in words.articles or low in words.of or tokens[after].text in HYPHENS:
                after, skipped = after + 1, skipped + 1
                continue
            break
        power = self.scale(after)
        if power is None:
            return None
        return Number(index, after + 1, part * power, power, spelt=True)

    def _spelt(self, index: int) -> Number | None:
        tokens, words = self.tokens, self.words
        # "einige sechzig Hütten" are about sixty, "einige hundert" any number.
        tens = self.language == "de" and 20 <= (self.worth(index) or 0) < 100
        if index and tokens[index - 1].low in words.vague and not tens:
            return None
        if (ranked := self._ranked(index)) is not None:
            return ranked
        if (softened := self._softened(index)) is not None:
            return softened
        at, article = index, False
        if self.language == "fr" and index + 1 < len(tokens) and tokens[index + 1].low == "demi":
            return None
        if self.worth(index) is None:
            article = tokens[index].low in words.articles
            if article and index + 1 < len(tokens):
                lone = words.lone_parts.get(tokens[index + 1].low)
                if lone is not None:
                    return Number(index, index + 2, lone, spelt=True, fraction=True, article=True)
                if self._or_so(index):
                    return Number(index, index + 1, 1.0, spelt=True, article=True)
                if self.scale(index + 1) is not None and self.scale(index + 1) != 0:
                    at = index + 1
                else:
                    return None
            elif tokens[index].low in words.bare or self._goes_on(index):
                at = index
            elif tokens[index].low in words.each and index + 1 < len(tokens):
                rank = words.ordinals.get(tokens[index + 1].low)
                if rank is None:
                    return None
                return Number(index, index + 2, 1 / rank, spelt=True, fraction=True)
            elif tokens[index].low in words.times:
                return self._times(index)
            else:
                if tokens[index].low in words.halves and self._halves(index):
                    return Number(index, index + 1, 0.5, spelt=True, fraction=True)
                if tokens[index].low in words.lone_parts and self._parted(index):
                    worth = words.lone_parts[tokens[index].low]
                    return Number(index, index + 1, worth, spelt=True, fraction=True)
                return None
        return self._sum(index, at, article)

    def _ranked(self, index: int) -> Number | None:
        """Пятая часть, der fünfte Teil, la cinquième partie: a fraction."""
        tokens, words = self.tokens, self.words
        if index + 1 >= len(tokens) or tokens[index + 1].low not in words.part_nouns:
            return None
        rank = words.ordinals.get(tokens[index].low)
        if rank is None or rank < 3 or tokens[index + 1].masked:
            return None
        return Number(index, index + 2, 1 / rank, spelt=True, fraction=True)

    def _softened(self, index: int) -> Number | None:
        """Une bonne centaine, ein gutes Dutzend, добрая сотня, un bon quart."""
        tokens, words = self.tokens, self.words
        at = index
        if at + 1 < len(tokens) and tokens[at].low in words.articles:
            at += 1
        if at + 1 >= len(tokens) or tokens[at].low not in words.softeners or tokens[at + 1].masked:
            return None
        part = words.lone_parts.get(tokens[at + 1].low)
        if part is not None:
            if at == index and tokens[at + 1].low in words.halves:
                return None
            return Number(index, at + 2, part, spelt=True, fraction=True)
        power = self.scale(at + 1)
        if power is None or (at == index and self.language != "ru"):
            return None
        return self._sum(index, at + 1, True)

    def _or_so(self, index: int) -> bool:
        """Whether "a" is one: "a year or so", "a week or more", "a mile and a half"."""
        tokens = self.tokens
        if self.language != "en" or index + 3 >= len(tokens):
            return False
        if tokens[index + 1].kind == "w" and self.and_half(index + 2)[0]:
            return True
        if tokens[index + 2].low != "or":
            return False
        return tokens[index + 3].low in ("so", "more", "thereabouts")

    def _goes_on(self, index: int) -> bool:
        """Whether a hundred without "a" or "one" is one: "hundred and eighty rifles"."""
        tokens = self.tokens
        if self.scale(index) not in (100, 1000) or index + 2 >= len(tokens):
            return False
        behind = self.worth(index + 2)
        return tokens[index + 1].low in self.words.joiners and 0 < (behind or 0) < 100

    def _halves(self, index: int) -> bool:
        """Half of the crop, half the crop, half a chest; but not "the first half of the year"."""
        tokens = self.tokens
        if index and tokens[index - 1].low in self.words.half_before:
            # "cut in half", "rose by half"
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if after is None or after.kind == "s" or after.low in self.words.half_behind:
                return after is None or after.text not in HYPHENS
        if index + 1 < len(tokens) and index and tokens[index - 1].low in self.words.half_about:
            # "More than half was due to them", "barely half arrived"
            after = tokens[index + 1]
            verb = after.low in self.words.half_verbs or after.low.endswith("ed")
            if verb or after.low in self.words.half_behind:
                return True
        if index + 1 >= len(tokens) or tokens[index + 1].low not in self.words.half_next:
            return False
        return not index or tokens[index - 1].low not in self.words.half_last

    def _times(self, index: int) -> Number | None:
        tokens, worth = self.tokens, self.words.times[self.tokens[index].low]
        after = tokens[index + 1].low if index + 1 < len(tokens) else ""
        if tokens[index].low not in self.words.half_last and after in self.words.half_next:
            return Number(index, index + 1, worth, spelt=True, article=True)
        if tokens[index].low in self.words.sure_times:
            return Number(index, index + 1, worth, spelt=True, article=True)
        return None

    def _parted(self, index: int) -> bool:
        """Whether a lone "third" is a part: English says "of" then, other tongues need not."""
        tokens = self.tokens
        ranked = tokens[index].low in self.words.ordinals and self.language == "en"
        if ranked and index and tokens[index - 1].low == "the":
            return False  # "the sixth of the series"
        if self._of(index + 1):
            return True
        if self.language == "en" or (index and tokens[index - 1].low in self.words.half_last):
            return False
        return index + 1 >= len(tokens) or not tokens[index + 1].masked

    def _of(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].low in self.words.of

    def _sum(self, index: int, at: int, article: bool) -> Number | None:
        tokens, words = self.tokens, self.words
        total, current, magnitude, scale = 0.0, 0.0, 0.0, 1.0
        started, last, doubts = False, at, ()
        doubts_found: list[str] = list(doubts)
        while at < len(tokens) and not tokens[at].masked:
            token = tokens[at]
            power = self.scale(at)
            worth = self.worth(at) if power is None else None
            if power is not None:
                if token.low in words.doubtful:
                    doubts_found.append("million_or_milliard")
                if power == 100 and started and current and current < 100:
                    current, magnitude = current * 100, 100.0
                elif power == 100 and not current:
                    current, magnitude = 100.0, 100.0
                elif current or not started:
                    total += (current or 1.0) * power
                    current, magnitude = 0.0, power
                else:
                    total, magnitude = total * power, power
                scale = max(scale, power)
                at, started, last = at + 1, True, at + 1
                halved, after = self.half_of_it(at)
                if halved:
                    total, at, last = total + halved * power, after, after
            elif worth is not None:
                paucal = at == index + 1 and tokens[index].low in _PAUCAL
                if paucal and worth in (1.5, 2, 3, 4):  # "тысячи полторы", "миллиона два"
                    return Number(index, at + 1, worth * total, scale, True, False, article)
                if started and magnitude == 4 and worth == 20 and self.language == "fr":
                    current, magnitude = current + 76, 80.0
                elif not started or self._adds(magnitude, worth) or self._inverts(current, worth):
                    current, magnitude = current + worth, worth
                else:
                    break
                at, started, last = at + 1, True, at + 1
                halved, after = self.and_half(at)
                if halved:
                    current, at, last = current + halved, after, after
            elif started and (self._joins(at, magnitude) or self._scales_again(at)):
                at += 1
            else:
                break
        if not started or self._ranks(last, total + current):
            return None
        value = total + current
        value, last = self._point(value, last)
        parted = self.parts(index, last, value)
        if parted is not None:
            return parted
        if value > LARGEST:
            return None
        return Number(index, last, value, scale, True, False, article, tuple(doubts_found))

    def _ranks(self, last: int, value: float) -> bool:
        """Whether "тридцать второй" is an ordinal, so that nothing is counted."""
        if self.language != "ru" or value % 10 or last >= len(self.tokens):
            return False
        parted = last + 1 < len(self.tokens) and self.tokens[last + 1].low in self.words.part_nouns
        return self.tokens[last].low in self.words.ordinals and not parted

    def _scales_again(self, at: int) -> bool:
        """Une douzaine de mille, deux dizaines de millions."""
        if self.language != "fr" or self.tokens[at].low not in ("de", "d"):
            return False
        if at + 1 >= len(self.tokens) or self.tokens[at + 1].masked:
            return False
        return (self.scale(at + 1) or 0) >= 1000

    def _point(self, value: float, last: int) -> tuple[float, int]:
        """Two hundred point seven five."""
        tokens = self.tokens
        if last + 1 >= len(tokens) or tokens[last].low not in self.words.points:
            return value, last
        digits, at = "", last + 1
        while at < len(tokens) and len(digits) < 9 and not tokens[at].masked:
            worth = 0.0 if tokens[at].low in ("zero", "nought", "oh") else self.worth(at)
            if worth is None or not 0 <= worth < 100 or worth != int(worth):
                break
            digits += str(int(worth))
            at += 1
        return (value + float(f"0.{digits}"), at) if digits else (value, last)

    def _adds(self, magnitude: float, worth: float) -> bool:
        if magnitude >= 100:
            return worth < magnitude
        if self.language == "fr" and magnitude in (60, 80):
            return worth < 20
        if self.language == "fr" and magnitude == 10:
            return 7 <= worth <= 9
        return magnitude >= 20 and worth < 10

    def _inverts(self, current: float, worth: float) -> bool:
        """Five-and-twenty."""
        return self.language == "en" and 0 < current < 10 and 20 <= worth < 100

    def _joins(self, at: int, magnitude: float) -> bool:
        """Whether a hyphen or "and" leads on to more of the same number."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or tokens[at + 1].masked:
            return False
        ten = self.worth(at + 1) or 0.0
        if tokens[at].low in self.words.joiners and self._inverts(magnitude, ten):
            return ten % 10 == 0 and self.language == "en"
        hyphened = tokens[at].text in HYPHENS and at + 3 < len(tokens) and magnitude < 10
        if hyphened and tokens[at + 1].low in self.words.joiners:
            return tokens[at + 2].text in HYPHENS and self.worth(at + 3) is not None
        if tokens[at].low in self.words.joiners and tokens[at + 1].text in HYPHENS:
            after = self.worth(at + 2) if at + 2 < len(tokens) else None
            return after is not None and self._inverts(magnitude, after)
        if tokens[at].text in HYPHENS and at >= 1 and tokens[at - 1].low in self.words.joiners:
            return self._inverts(magnitude, ten)
        joined = tokens[at].text in HYPHENS and glued(tokens, at) and glued(tokens, at + 1)
        if not joined:
            if tokens[at].low not in self.words.joiners:
                return False
            if magnitude < (20 if self.language == "fr" else 100):
                return False
        worth = self.worth(at + 1)
        if worth is None:
            return joined and self.scale(at + 1) is not None
        if self.language == "fr" and magnitude == 4 and worth == 20:
            return joined
        if not joined and self.scale(at + 2) is not None and worth < 100 <= magnitude < 1000:
            return True
        return self._adds(magnitude, worth)
