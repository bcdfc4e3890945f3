"""After other figures show, series of them are proposed in a job of their own.

Findings follow by themselves: desktop/finding_upkeep.py.
"""

from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop import judged
from desktop.session import Session


def propose_series(session: Session) -> None:
    """Propose series of the figures that show now, while a person reads on."""
    title = QCoreApplication.translate("Proposing", "Gathering series")
    session.jobs.run_long(
        title, judged.propose_series, _rest, partial(_leave, session), replaces="propose series"
    )


def _rest(_proposed: int) -> None:
    """The panels hear of what is new by themselves."""


def _leave(session: Session, error: Exception) -> None:
    """The Series panel can propose again, and says then what is wrong. A bug is logged."""
    session.told(error)
