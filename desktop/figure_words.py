"""A figure spelled out in words: "25 million US dollars, exactly, loan, 22 October 1940 (stated ...)".

Knows no Qt. `translate(context, text)` is QCoreApplication.translate in the window; `number` writes
a plain number as the person's language does.
"""

from collections.abc import Callable

from db import edtf
from db.records import Figure
from desktop.wording import Translate, untranslated

CONTEXT = "FigureWords"
Number = Callable[[float], str]

_MONEY = {
    "USD": ("US dollar", "US dollars"),
    "GBP": ("pound sterling", "pounds sterling"),
    "EUR": ("euro", "euros"),
    "CNY": ("Chinese yuan", "Chinese yuan"),
    "JPY": ("yen", "yen"),
    "RUB": ("rouble", "roubles"),
    "INR": ("rupee", "rupees"),
    "FRF": ("French franc", "French francs"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "BEF": ("Belgian franc", "Belgian francs"),
    "DEM": ("German mark", "German marks"),
    "ITL": ("lira", "lire"),
    "TRY": ("Turkish lira", "Turkish lira"),
    "ESP": ("peseta", "pesetas"),
    "NLG": ("Dutch guilder", "Dutch guilders"),
    "ATS": ("schilling", "schillings"),
    "PLN": ("zloty", "zlotys"),
    "PTE": ("escudo", "escudos"),
    "MXN": ("Mexican peso", "Mexican pesos"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars"),
    "EGP": ("Egyptian pound", "Egyptian pounds"),
    "KRW": ("won", "won"),
}
_APPROXIMATIONS = {
    "exact": "{0}, exactly",
    "about": "about {0}",
    "almost": "almost {0}",
    "more_than": "more than {0}",
    "less_than": "less than {0}",
    "up_to": "up to {0}",
}
_MODALITIES = {
    "asked": "asked for",
    "offered": "offered",
    "agreed": "agreed",
    "planned": "planned",
    "delivered": "delivered",
    "estimated": "estimated",
    "denied": "denied",
    "stated": "",
}
_NATURES = {
    "stock": "held at the time",
    "flow": "within the period",
    "cumulative": "in all up to then",
    "share": "a share",
    "rate": "a rate",
    "rank": "a rank",
}
_BASES = {
    "stated": "stated in the sentence",
    "relative": "reckoned from another date",
    "inherited": "taken from an earlier sentence or heading",
    "document": "the date of the source itself",
    "none": "",
}
_FRACTIONS = {
    "0.5": "one half",
    "0.3333": "one third",
    "0.6667": "two thirds",
    "0.25": "one quarter",
    "0.75": "three quarters",
    "0.2": "one fifth",
    "0.1": "one tenth",
}
_SCALES = (
    (1e12, "{0} million million"),
    (1e9, "{0} thousand million"),
    (1e6, "{0} million"),
)
_IRREGULAR = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet",
    "tooth": "teeth", "ox": "oxen", "mouse": "mice", "goose": "geese", "penny": "pence",
    "knife": "knives", "loaf": "loaves", "wife": "wives", "half": "halves",
    "krone": "kroner",
}  # fmt: skip
_UNCHANGED = (
    "aircraft", "craft", "sheep", "cattle", "fish", "personnel", "percent", "per mille", "series",
    "species", "cannon", "head", "stone", "cash", "hertz", "deer", "swine",
)  # fmt: skip


def plain(value: float) -> str:
    """`value` as English writes it, with no more digits than it has."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if 1e-4 <= abs(value) < 1e15 else f"{value:g}"


def spelled(figure: Figure, translate: Translate = untranslated, number: Number = plain) -> str:
    """The whole reading on one line: how much, of what, who to whom, when and how one knows."""
    parts = (
        amount(figure, translate, number),
        _of(figure),
        _parties(figure, translate),
        translate(CONTEXT, _MODALITIES.get(figure.modality or "", "")),
        translate(CONTEXT, _NATURES.get(figure.nature or "", "")),
        when(figure, translate),
    )
    return ", ".join(part for part in parts if part)


def amount(figure: Figure, translate: Translate = untranslated, number: Number = plain) -> str:
    """How much: "about 600 to 750 US dollars per month"."""
    said = _value(figure, translate, number)
    template = _APPROXIMATIONS.get(figure.approx, "{0}")
    return translate(CONTEXT, template).format(said)


def value(figure: Figure, translate: Translate = untranslated, number: Number = plain) -> str:
    """As `amount`, where an exact figure needs no word for it: in a column of numbers."""
    if figure.approx == "exact":
        return _value(figure, translate, number)
    return amount(figure, translate, number)


def when(figure: Figure, translate: Translate = untranslated) -> str:
    """The period and where it was found; says so where there is none."""
    if not figure.date:
        return translate(CONTEXT, "no date")
    basis = translate(CONTEXT, _BASES.get(figure.date_basis, ""))
    said = edtf.in_words(figure.date)
    return f"{said} ({basis})" if basis else said


def scaled(value: float, translate: Translate = untranslated, number: Number = plain) -> str:
    """A large round number with its scale in words: "10.64 million", but "1,234,567"."""
    for scale, template in _SCALES:
        # Three decimals of a scale still read better than nine digits; more would not.
        if abs(value) >= scale and round(value / scale, 3) * scale == value:
            return translate(CONTEXT, template).format(number(value / scale))
    return number(value)


def unit(name: str | None, value: float) -> str:
    """A unit as it is said behind `value`: "dollars", "people", "aircraft"."""
    if not name:
        return ""
    is_one = abs(value) == 1
    if name in _MONEY:
        return _MONEY[name][0 if is_one else 1]
    return name if is_one else _plural(name)


def _value(figure: Figure, translate: Translate, number: Number) -> str:
    per = translate(CONTEXT, "per {0}").format(figure.per) if figure.per else ""
    if figure.unit == "fraction" and figure.value_high is None:
        known = _FRACTIONS.get(f"{figure.value:.4f}".rstrip("0"))
        value = translate(CONTEXT, known) if known else number(figure.value)
        return f"{value} {per}".strip()
    value = scaled(figure.value, translate, number)
    last = figure.value
    if figure.value_high is not None:
        last = figure.value_high
        high = scaled(figure.value_high, translate, number)
        # "from 850 to 500 thousand": what falls is a change, not a range.
        falls = figure.value_high < figure.value
        template = "from {0} to {1}" if falls else "{0} to {1}"
        value = translate(CONTEXT, template).format(value, high)
    words = (value, _unit_of(figure, last), per)
    return " ".join(word for word in words if word)


def _unit_of(figure: Figure, value: float) -> str:
    if figure.unit == "times":
        return "time" if value == 1 else "times"
    return "" if figure.unit == "fraction" else unit(figure.unit, value)


def _of(figure: Figure) -> str:
    return figure.of if figure.of and figure.of != figure.unit else ""


def _parties(figure: Figure, translate: Translate) -> str:
    if figure.giver and figure.receiver:
        return translate(CONTEXT, "from {0} to {1}").format(figure.giver, figure.receiver)
    if figure.giver:
        return translate(CONTEXT, "from {0}").format(figure.giver)
    return translate(CONTEXT, "to {0}").format(figure.receiver) if figure.receiver else ""


def _plural(name: str) -> str:
    """English: the head noun in the plural; what is not written in Latin letters stays as it is."""
    first, _, last = name.rpartition(" ")
    if not last.isascii() or not last.isalpha() or last in _UNCHANGED or name in _UNCHANGED:
        return name
    if last in _IRREGULAR:
        many = _IRREGULAR[last]
    elif last.endswith(("man", "woman")) and last not in ("german", "roman", "human"):
        many = f"{last[:-2]}en"
    elif last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        many = f"{last[:-1]}ies"
    elif last.endswith("s") or last.isupper():
        many = f"{last}es" if last.endswith("ss") or last in ("gas", "bus", "lens") else last
    else:
        many = f"{last}es" if last.endswith(("x", "z", "ch", "sh")) else f"{last}s"
    return f"{first} {many}".strip()
