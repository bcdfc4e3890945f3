"""English plurals: "%n passage(s)" becomes "1 passage" and "2 passages" where no catalogue does it."""

from PySide6.QtCore import QTranslator


class EnglishPlurals(QTranslator):
    """The last translator asked; leaves alone everything that is not counted."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        del context, disambiguation
        if n < 0 or "(s)" not in sourceText:
            # Only a null string means "ask the next one"; an empty one would be shown.
            return None  # type: ignore[return-value]
        return sourceText.replace("(s)", "" if n == 1 else "s")

    def isEmpty(self) -> bool:
        return False
