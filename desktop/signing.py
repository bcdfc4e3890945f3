"""The person's name: asked once, before the first thing that is signed with it."""

import getpass
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.asking_line import AskingLine
from desktop.session import Session


def signed(session: Session, asking: AskingLine, then: Callable[[], Any]) -> None:
    """Call `then`; where no name is known yet, ask for it first, on the line `asking`."""
    if session.settings.person:
        then()
        return

    def sign(said: str) -> None:
        session.sign_as(said)
        then()

    question = QCoreApplication.translate(
        "Signing", "Your name, to sign what you add (asked once):"
    )
    asking.ask(question, _user(), sign)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
