"""The page of the original beside the words read from it: a PDF's page drawn, a picture as it is."""

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors, originals, worker
from db.readers import pictures

if TYPE_CHECKING:
    from db.archive import Archive

PDF = "application/pdf"
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its dots in grey, row by row, or the bytes of a picture file as they are."""

    label: str | None
    number: int
    of: int
    width: int = 0
    height: int = 0
    dots: bytes = b""
    encoded: bytes = b""


def of(archive: "Archive", source_id: int, label: str | None) -> PagePicture | None:
    """The page with this number of a source's original; None where it has no pages to be seen.

    A PDF is drawn in a process of its own, within limits. Raises Unreadable, NoOriginal.
    """
    original = originals.of_source(archive, source_id)
    if original is None or original.media_type not in (PDF, *pictures.TYPES):
        return None
    with tempfile.TemporaryDirectory(prefix="muniment-", ignore_cleanup_errors=True) as folder:
        copy = originals.private_copy(archive, source_id, Path(folder))
        if original.media_type != PDF:
            return PagePicture(label, 1, 1, encoded=copy.read_bytes())
        reader = worker.Worker()
        try:
            reply = reader.ask(worker.page_request(copy, label), SECONDS, lambda: False)
        finally:
            reader.close()
    if "refused" in reply:
        facts = dict(reply["refused"])
        raise errors.Unreadable(facts.pop("reason"), **facts)
    page = reply["page"]
    dots = base64.b64decode(page.pop("dots"))
    return PagePicture(label, page["number"], page["of"], page["width"], page["height"], dots)
