"""Typed settings over QSettings: what the program remembers of its user, never of an archive."""

import json
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSettings

Theme = Literal["system", "light", "dark"]
MOST_RECENT = 10
MOST_SEARCHES = 50
LONGEST_SEARCH = 400


class Settings:
    """Every setting as an attribute with its default; nobody else touches QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Muniment", "Muniment"
        )

    @property
    def theme(self) -> Theme:
        match str(self._store.value("theme", "system")):
            case "light":
                return "light"
            case "dark":
                return "dark"
            case _:
                return "system"

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._store.setValue("theme", theme)

    @property
    def citation_style(self) -> str:
        """The style of references in copied evidence and reports."""
        return str(self._store.value("citation/style", "note"))

    @citation_style.setter
    def citation_style(self, style: str) -> None:
        self._store.setValue("citation/style", style)

    @property
    def scan_languages(self) -> str:
        """In which languages scans are read, by the engine's names: eng+deu; "" for all it has."""
        return str(self._store.value("scans/languages", ""))

    @scan_languages.setter
    def scan_languages(self, names: str) -> None:
        self._store.setValue("scans/languages", names)

    @property
    def recent(self) -> list[Path]:
        """Archives opened lately, newest first; some may be gone."""
        count = self._store.beginReadArray("recent")
        paths = []
        for index in range(min(count, MOST_RECENT)):
            self._store.setArrayIndex(index)
            if path := str(self._store.value("path", "")):
                paths.append(Path(path))
        self._store.endArray()
        return paths

    def add_recent(self, path: Path) -> None:
        self._write_recent([path, *(other for other in self.recent if other != path)])

    def forget_recent(self, path: Path) -> None:
        self._write_recent([other for other in self.recent if other != path])

    def _write_recent(self, paths: list[Path]) -> None:
        self._store.remove("recent")
        self._store.beginWriteArray("recent")
        for index, path in enumerate(paths[:MOST_RECENT]):
            self._store.setArrayIndex(index)
            self._store.setValue("path", str(path))
        self._store.endArray()

    @property
    def searches(self) -> list[str]:
        """What was searched for lately, newest first, in whichever archive."""
        count = self._store.beginReadArray("searches")
        texts = []
        for index in range(min(count, MOST_SEARCHES)):
            self._store.setArrayIndex(index)
            if text := str(self._store.value("text", "")):
                texts.append(text)
        self._store.endArray()
        return texts

    def forget_searches(self) -> None:
        self._store.remove("searches")

    def add_search(self, text: str) -> None:
        if not text or len(text) > LONGEST_SEARCH:
            return
        texts = [text, *(other for other in self.searches if other != text)]
        self._store.remove("searches")
        self._store.beginWriteArray("searches")
        for index, each in enumerate(texts[:MOST_SEARCHES]):
            self._store.setArrayIndex(index)
            self._store.setValue("text", each)
        self._store.endArray()

    @property
    def templates(self) -> dict[str, dict[str, str]]:
        """What descriptions are filled in with, by name: fields and what they say."""
        try:
            kept = json.loads(str(self._store.value("description/templates", "")))
            return {str(name): _words(words) for name, words in sorted(kept.items())}
        except (ValueError, AttributeError):
            return {}

    @templates.setter
    def templates(self, templates: dict[str, dict[str, str]]) -> None:
        kept = json.dumps(templates, ensure_ascii=False)
        self._store.setValue("description/templates", kept)

    def watched(self, archive: str) -> list[str]:
        """The folders that are watched for the archive of this uuid."""
        count = self._store.beginReadArray(f"watched/{archive}")
        folders = []
        for index in range(count):
            self._store.setArrayIndex(index)
            if folder := str(self._store.value("folder", "")):
                folders.append(folder)
        self._store.endArray()
        return folders

    def set_watched(self, archive: str, folders: list[str]) -> None:
        self._store.remove(f"watched/{archive}")
        self._store.beginWriteArray(f"watched/{archive}")
        for index, folder in enumerate(folders):
            self._store.setArrayIndex(index)
            self._store.setValue("folder", folder)
        self._store.endArray()

    @property
    def geometry(self) -> QByteArray:
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def state(self) -> QByteArray:
        """Where docks and toolbars stand."""
        return self._bytes("window/state")

    @state.setter
    def state(self, state: QByteArray) -> None:
        self._store.setValue("window/state", state)

    @property
    def last_folder(self) -> str:
        return str(self._store.value("last_folder", ""))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._store.setValue("last_folder", folder)

    @property
    def reader_zoom(self) -> int:
        """Steps of letter size away from the system's, -6 to 20."""
        try:
            return max(-6, min(20, int(str(self._store.value("reader/zoom", 0)))))
        except ValueError:
            return 0

    @reader_zoom.setter
    def reader_zoom(self, steps: int) -> None:
        self._store.setValue("reader/zoom", steps)

    @property
    def person(self) -> str:
        """The name a person signs with; "" until it has been asked."""
        return str(self._store.value("person", ""))

    @person.setter
    def person(self, name: str) -> None:
        self._store.setValue("person", name)

    def clear(self) -> None:
        self._store.clear()

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()


def _words(words: dict[str, object]) -> dict[str, str]:
    return {str(field): str(said) for field, said in words.items()}
