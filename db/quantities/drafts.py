"""A figure in the making: what the rules of a passage have found out about one number so far."""

from dataclasses import dataclass, field

from db.quantities.number_digits import Number
from db.records import Approx, FigureKind, Modality, Nature

Why = tuple[str, str, int, int]


@dataclass(slots=True)
class Draft:
    """One number of a passage on its way to a figure.

    `first` and `last` are tokens, `start` and `end` code points of the text. `bare` says that no
    unit or noun of its own was found; `coin` is the smallest coin of a sum in pounds;
    `first_part` the coin of a range's first end where it is another one; `after` the token behind
    an approximator that stands between number and noun.
    """

    number: Number
    first: int
    last: int
    start: int
    end: int
    value: float
    high: float | None = None
    kind: FigureKind = "count"
    unit: str | None = None
    per: str | None = None
    of: str | None = None
    approx: Approx = "exact"
    part: float = 1.0
    coin: float = 0.0
    first_part: float = 0.0
    after: int = 0
    noun: int = -1
    noun_last: int = -1
    sign_first: int = -1
    confidence: float = 0.95
    modality: Modality | None = None
    nature: Nature | None = None
    giver: str | None = None
    receiver: str | None = None
    rules: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing says yet what is counted."""
        return self.unit is None
