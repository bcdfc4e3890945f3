"""Numbers in digits with what prose puts behind them: scales, halves, parts."""

from dataclasses import dataclass

from db.quantities import numerals
from db.quantities.spelling import compound, spelling
from db.quantities.tokens import HYPHENS, VULGAR, Token, glued

LARGEST = 1e30
_MONEY_SIGNS = frozenset("$£€¥₤")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens[first:last]; `scale` is the power said in words (1 where none is)."""

    first: int
    last: int
    value: float
    scale: float = 1.0
    spelt: bool = False
    fraction: bool = False
    article: bool = False
    doubts: tuple[str, ...] = ()


class Digits:
    """Reads the numerals of one passage, and what a single word is worth."""

    def __init__(self, tokens: list[Token], language: str, decimal: numerals.Mark) -> None:
        self.tokens = tokens
        self.language = language
        self.words = spelling(language)
        self.decimal = decimal
        words = self.words
        # A hyphen may open it too ("two-and-a-half").
        self._half_openers = frozenset((*(phrase[0] for phrase, _ in words.and_half), *HYPHENS))
        self.starts = frozenset(
            (
                *words.small,
                *words.articles,
                *words.bare,
                *words.half_of,
                *words.lone_parts,
                *words.halves,
                *words.times,
                *words.each,
                *(words.ordinals if words.part_nouns else ()),
                *words.softeners,
                *(word for word, power in words.scales.items() if power in (100, 1000)),
            )
        )

    def worth(self, index: int) -> float | None:
        """What the number word at `index` stands for, None where it is none."""
        token = self.tokens[index]
        if token.kind != "w":
            return None
        found = self.words.small.get(token.low)
        if found is None and self.words.compounds and len(token.low) > 6:
            return compound(token.low, self.language)
        return found

    def scale(self, index: int) -> float | None:
        """The power of ten that the word at `index` names."""
        if index >= len(self.tokens) or self.tokens[index].kind != "w":
            return None
        low = self.tokens[index].low
        found = self.words.scales.get(low)
        if found is None:
            return None
        # "5 m" is five metres; only "$5m", "5m." glued to the digits could be millions.
        if len(low) == 1 and not glued(self.tokens, index):
            return None
        return found

    def digits(self, index: int) -> Number | None:
        tokens = self.tokens
        read = numerals.value(tokens[index].text, self.decimal)
        if read is None:
            return None
        value, doubts = read
        if tokens[index].mended:
            doubts = (*doubts, "mended_digits")
        last = index + 1
        fraction = False
        if last < len(tokens) and tokens[last].kind == "f":
            value, last = value + VULGAR[tokens[last].text], last + 1
        elif (part := self._slashed(index)) is not None:
            value, last, fraction = part, index + 3, True
        elif (
            last + 2 < len(tokens)
            and tokens[last].kind == "n"
            and (part := self._slashed(last)) is not None
            and part < 1
        ):
            value, last = value + part, last + 3
        if fraction:
            return Number(index, last, value, fraction=True, doubts=doubts)
        parted = self.parts(index, last, value)
        if parted is not None:
            return parted
        halved, last_half = self.and_half(last)
        if halved and self.scale(last_half) is not None:
            value, last = value + halved, last_half
        return self.scaled(index, last, value, doubts)

    def _slashed(self, index: int) -> float | None:
        tokens = self.tokens
        if index + 2 >= len(tokens) or tokens[index + 1].text not in "/⁄":
            return None
        above, below = tokens[index], tokens[index + 2]
        if not (glued(tokens, index + 1) and glued(tokens, index + 2)) or below.kind != "n":
            return None
        if not (above.text.isdigit() and below.text.isdigit()):
            return None
        if len(above.text) > 2 or len(below.text) > 3 or below.masked:
            return None
        if index + 3 < len(tokens) and tokens[index + 3].text == "/":
            return None
        under = int(below.text)
        return int(above.text) / under if under > 1 and int(above.text) < under else None

    def scaled(
        self, first: int, last: int, value: float, doubts: tuple[str, ...], spelt: bool = False
    ) -> Number | None:
        """The number with the scale words behind it ("2 million 300 thousand")."""
        tokens, scale, total = self.tokens, 1.0, 0.0
        while True:
            at = last
            if at + 1 < len(tokens) and tokens[at].text in HYPHENS and glued(tokens, at):
                at += 1
            power = self.scale(at)
            if power is None or (len(tokens[at].low) == 1 and not self._is_signed(first)):
                break
            if tokens[at].low in self.words.doubtful:
                doubts = (*doubts, "million_or_milliard")
            value, scale, last = value * power, scale * power, at + 1
            if tokens[at].low in self.words.abbreviated and self._dot(last):
                last += 1
            halved, after = self.half_of_it(last)
            if halved:
                value, last = value + halved * power, after
            if last + 1 < len(tokens) and tokens[last].kind == "n" and not tokens[last].masked:
                smaller = self.scale(last + 1)
                more = numerals.value(tokens[last].text, self.decimal)
                if smaller is not None and smaller < power and more is not None:
                    total, value, last = total + value, more[0], last + 1
        value += total
        if value > LARGEST:
            return None
        return Number(first, last, value, scale, spelt=spelt, doubts=doubts)

    def _is_signed(self, first: int) -> bool:
        """Whether a money sign stands before: "$5m" are millions, "5m" are metres."""
        return first > 0 and self.tokens[first - 1].text in _MONEY_SIGNS

    def _dot(self, index: int) -> bool:
        tokens = self.tokens
        if index >= len(tokens) or tokens[index].text != "." or not glued(tokens, index):
            return False
        return index + 1 < len(tokens) and tokens[index + 1].sentence == tokens[index].sentence

    def and_half(self, index: int) -> tuple[float, int]:
        """The half that follows ("and a half") and the token behind it."""
        if index >= len(self.tokens) or self.tokens[index].low not in self._half_openers:
            return 0.0, index
        for phrase, worth in self.words.and_half:
            if self._says(index, phrase):
                return worth, self._after(index, phrase)
        return 0.0, index

    def half_of_it(self, index: int) -> tuple[float, int]:
        """The half behind a scale, not the one of a smaller scale ("a billion and half a million")."""
        halved, after = self.and_half(index)
        return (0.0, index) if self.scale(after) is not None else (halved, after)

    def _says(self, index: int, phrase: tuple[str, ...]) -> bool:
        return self._after(index, phrase) > index

    def _after(self, index: int, phrase: tuple[str, ...]) -> int:
        tokens, at = self.tokens, index
        for word in phrase:
            if at < len(tokens) and tokens[at].text in HYPHENS and glued(tokens, at):
                at += 1
            if at >= len(tokens) or tokens[at].low != word:
                return index
            at += 1
        return at

    def parts(self, first: int, last: int, value: float) -> Number | None:
        """Two-thirds, three quarters of a million, 9/10 being read elsewhere."""
        tokens, words = self.tokens, self.words
        at = last
        if at < len(tokens) and tokens[at].text in HYPHENS and glued(tokens, at):
            at += 1
        if at >= len(tokens) or tokens[at].low not in words.parts or value >= 100:
            return None
        part = words.parts[tokens[at].low]
        if not 0 < value * part < 1:
            return None
        after = at + 1
        skipped = 0
        while skipped < 2 and after < len(tokens):
            if tokens[after].low in words.articles or tokens[after].low in words.of:
                after, skipped = after + 1, skipped + 1
                continue
            break
        power = self.scale(after) if skipped else None
        if power is not None and power >= 1000:
            return Number(first, after + 1, value * part * power, power, spelt=True)
        return Number(first, at + 1, value * part, spelt=True, fraction=True)


def undusted(value: float) -> float:
    """A product without the dust of binary fractions: 8.3 million, not 8300000.000000001."""
    plain = round(value, 6)
    return plain if abs(value - plain) <= 1e-14 * abs(value) else value
