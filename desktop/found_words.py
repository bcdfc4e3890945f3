"""How much a search has found and how far it has come, in words."""

from PySide6.QtCore import QCoreApplication

from desktop import showing
from desktop.sought import Answer


def count(answer: Answer, shown: int | None = None) -> str:
    """How many passages there are, and what is still being done with them.

    `shown` is how many of them are shown where they are restricted.
    """
    translate = QCoreApplication.translate
    if shown is not None:
        of = showing.count(answer.total)
        return translate("Found", "%n new passage(s) of {0}", "", shown).format(of)
    if answer.exact:
        said = translate("Found", "%n passage(s)", "", answer.total)
    else:
        said = translate("Found", "more than %n passage(s)", "", answer.total)
    if answer.stage != "done" and answer.order != "relevance":
        return translate("Found", "{0}, being sorted…").format(said)
    if answer.stage != "done" and not answer.is_ranked:
        return translate("Found", "{0}, not yet ranked…").format(said)
    if answer.order != "relevance" or not answer.total:
        return said
    if not answer.scores:
        return translate("Found", "{0}, as in the archive").format(said)
    if len(answer.scores) < len(answer.ids):
        best = translate("Found", "{0}; the best %n first", "", len(answer.scores))
        return best.format(said)
    return said
