"""Where the selections of a REFI-QDA project stand in the stored text.

The standard leaves open whether an end is the last character or the place after it, and programs
differ on whether CRLF is one character or two. The names that selections carry, which most programs
fill with the selected words, decide it for each file.
"""

from bisect import bisect_left

from db.exchange.qdpx_read import Selection
from db.readers.canonical import canonical


class Positions:
    """Turns a file's positions into those of the stored text, by the convention its names bear out."""

    def __init__(self, raw: str, selections: tuple[Selection, ...]) -> None:
        self.text = canonical(raw)[0]
        mark = len(raw) - len(raw.removeprefix("\ufeff"))
        body = raw[mark:]
        crlf: list[int] = []
        at = body.find("\r\n")
        while at != -1:
            crlf.append(at)
            at = body.find("\r\n", at + 2)
        self._crlf = crlf
        # (characters of a byte order mark to take off, whether CRLF counts two, what to add to an end)
        ways = [
            (off, two, last)
            for off in dict.fromkeys((0, mark))
            for two in ((True, False) if crlf else (True,))
            for last in (0, 1)
        ]
        self._way = max(
            ways,
            key=lambda way: (sum(self._fits(each, way) for each in selections), -ways.index(way)),
        )

    def span(self, each: Selection) -> tuple[int, int] | None:
        """The code points of the stored text; None where the file's are not in it."""
        return self._span(each, self._way)

    def _span(self, each: Selection, way: tuple[int, bool, int]) -> tuple[int, int] | None:
        off, two, last = way
        start, end = each.start - off, each.end - off + last
        if two:
            start, end = self._lines(start), self._lines(end)
        return (start, end) if 0 <= start < end <= len(self.text) else None

    def _lines(self, position: int) -> int:
        # Each CRLF that begins before a place has lost its CR by then.
        return position - bisect_left(self._crlf, position)

    def _fits(self, each: Selection, way: tuple[int, bool, int]) -> bool:
        found = self._span(each, way)
        name = " ".join(each.name.split())
        if found is None or not name:
            return False
        words = " ".join(self.text[found[0] : found[1]].split())
        if name.endswith(("…", "...")):
            return words.startswith(name.rstrip("….")) and len(words) >= len(name) - 3
        return words == name
