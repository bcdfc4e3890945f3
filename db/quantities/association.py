"""The date each figure speaks of, with its reason."""

from db.records import Block, Context, Figure, Period


def date(
    figures: tuple[Figure, ...],
    periods: tuple[Period, ...],
    text: str,
    blocks: tuple[Block, ...],
    context: Context,
) -> tuple[Figure, ...]:
    return figures
