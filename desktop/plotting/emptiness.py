"""Why a plot shows nothing, and what a person can do about it."""

from PySide6.QtCore import QCoreApplication

from desktop.plotting.marks import Marks


def why_empty(
    marks: Marks, *, drawn: int, is_offered: bool, is_part: bool, is_log: bool, worked_out: str
) -> str:
    """The reason and the next step; empty where something is drawn.

    `is_part` is true of a series or a selection, `worked_out` says how values were changed.
    """
    if not is_offered and is_part:
        return _say("There are no figures in this.\n\nChoose “All figures” above.")
    if not is_offered:
        return _say(
            "No figures to plot yet.\n\nImport sources, or widen what is searched: "
            "the figures found in them appear here over time."
        )
    if not len(marks) and worked_out:
        return worked_out + _say("\n\nChoose “Values as stated” to see the figures.")
    if not len(marks) and is_log and not marks.undated:
        return _not_above_zero()
    if not len(marks):
        said = _say("None of these {n} figures has a date, so none can be plotted.")
        return said.format(n=len(marks.undated)) + _say(
            "\n\nThey are listed on the right; their words may show when they were."
        )
    if not drawn and is_log and not (marks.y > 0).any():
        return _not_above_zero()
    if not drawn:
        return _say("Everything is hidden.\n\nTick a source on the right to see it again.")
    return ""


def _not_above_zero() -> str:
    return _say(
        "A logarithmic scale has no place for zero and less.\n\n"
        "Untick “Logarithmic” to see these figures."
    )


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)
