"""A zip file read member by member under limits; nothing is ever unpacked to the disk."""

import io
import zipfile
import zlib
from pathlib import Path

from db.errors import Unreadable

MOST_MEMBERS = 5000
LARGEST_MEMBER = 100_000_000
LARGEST_TOTAL = 300_000_000
HIGHEST_RATIO = 200
_SMALL = 2_000_000  # below this a high ratio does no harm: blank tables pack a thousandfold
_SLICE = 1 << 20


class Package:
    """The members of a zip by name; what is read of it is counted and bounded."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            found = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise Unreadable("damaged", detail=f"the zip cannot be opened ({error})") from error
        if len(found) > MOST_MEMBERS:
            raise Unreadable("damaged", detail=f"the zip has {len(found):,} members")
        self._members: dict[str, zipfile.ZipInfo] = {}
        self.twice: set[str] = set()
        for info in found:
            if info.filename in self._members:
                self.twice.add(info.filename)
            self._members[info.filename] = info
        self._read = 0

    def refuse_sizes(self) -> None:
        """Raise Unreadable where the members, by what the zip says of them, pass a limit."""
        for name, info in self._members.items():
            self._refuse_bomb(name, info.file_size, info.compress_size)
        if sum(info.file_size for info in self._members.values()) > LARGEST_TOTAL:
            raise Unreadable("damaged", detail="what is in it unpacks beyond all measure")

    def names(self) -> list[str]:
        """The files inside, in the order of the zip."""
        return [name for name, info in self._members.items() if not info.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of one member; Unreadable where there is none or it passes a limit."""
        info = self._members.get(name)
        if info is None:
            raise Unreadable("damaged", detail=f"“{name[:100]}” is missing in it")
        if name in self.twice:
            raise Unreadable("damaged", detail=f"it holds “{name[:100]}” twice")
        if info.flag_bits & 1:
            raise Unreadable("encrypted")
        parts = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while part := member.read(_SLICE):
                    size += len(part)
                    self._read += len(part)
                    self._refuse_bomb(name, size, info.compress_size)
                    parts.append(part)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError,
                ValueError, RuntimeError) as error:  # fmt: skip
            detail = f"“{name[:100]}” in it cannot be unpacked ({error})"
            raise Unreadable("damaged", detail=detail) from error
        return b"".join(parts)

    def optional(self, name: str) -> bytes | None:
        """The bytes of a member that may be missing."""
        return self.read(name) if name in self._members else None

    def _refuse_bomb(self, name: str, size: int, packed: int) -> None:
        if (
            size > LARGEST_MEMBER
            or self._read > LARGEST_TOTAL
            or (size > _SMALL and size > HIGHEST_RATIO * max(packed, 1))
        ):
            raise Unreadable("damaged", detail=f"“{name[:100]}” in it unpacks beyond all measure")


def kind_of(data: bytes) -> str:
    """The media type of a zip, told from what is inside."""
    try:
        package = Package(data)
        said = package.optional("mimetype") or b""
    except Unreadable:
        return "application/zip"
    word = said[:100].decode("ascii", "replace").strip()
    if word in _KNOWN:
        return _KNOWN[word]
    if "META-INF/container.xml" in package:
        return "application/epub+zip"
    if "[Content_Types].xml" in package:
        for folder, media_type in _OFFICE.items():
            if any(name.startswith(folder) for name in package.names()):
                return media_type
        return "application/vnd.openxmlformats-package"
    return "application/zip"


_KNOWN = {
    "application/epub+zip": "application/epub+zip",
    "application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template": "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-master": "application/vnd.oasis.opendocument.text",
    "application/vnd.sun.xml.writer": "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet": (
        "application/vnd.oasis.opendocument.spreadsheet"
    ),
    "application/vnd.oasis.opendocument.presentation": (
        "application/vnd.oasis.opendocument.presentation"
    ),
    "application/vnd.oasis.opendocument.graphics": "application/vnd.oasis.opendocument.graphics",
}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def folder_of(name: str) -> str:
    """The folder a member lies in, with its slash."""
    return name[: name.rfind("/") + 1]


def resolved(base: str, target: str) -> str:
    """The member that `target`, written in a file of the folder `base`, points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = [part for part in base.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def name_as_path(name: str) -> Path:
    """A member's name to show and to tell its suffix by; it never becomes a place on the disk."""
    return Path(name.replace("\\", "/").rsplit("/", 1)[-1] or "member")
