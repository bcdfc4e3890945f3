"""Subtitles and transcripts with times (SRT, VTT): what is said, gathered to paragraphs."""

import re
from pathlib import Path

from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.readers.layout import one_below_the_other
from db.records import Document

SUFFIXES = (".srt", ".vtt")
TYPE = "text/vtt"

_TIME = re.compile(
    r"\s{0,4}((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}\s{0,4}-->\s{0,4}((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]"
)
_TAG = re.compile(r"</?(?:[bciuv]|lang|ruby|rt|font)\b[^>]{0,200}>|<\d[\d:.]{1,20}>|\{\\an?\d\}")
_LONGEST = 600
_LONGEST_SILENCE = 4


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """What is said; the page of a passage is the time at which it begins."""
    decoded = decode(data, given=encoding)
    source, replaced = canonical(decoded.text)
    passages: list[tuple[str, str]] = []
    last_end = 0
    for cue in re.split(r"\n[ \t]{0,20}\n", source):
        lines = cue.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _TIME.match(line)), None)
        if at is None:
            continue
        found = _TIME.match(lines[at])
        assert found is not None
        words = " ".join(_TAG.sub("", " ".join(lines[at + 1 :])).split())
        if not words:
            continue
        start, end = _seconds(found.group(1)), _seconds(found.group(2))
        goes_on = (
            passages and start - last_end < _LONGEST_SILENCE
            and len(passages[-1][1]) < _LONGEST and not words.startswith(("-", "–", ">>"))
        )  # fmt: skip
        if goes_on:
            passages[-1] = (passages[-1][0], f"{passages[-1][1]} {words}")
        else:
            passages.append((found.group(1), words))
        last_end = end
    text, blocks, _ = one_below_the_other((words, "paragraph", at, 0) for at, words in passages)
    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        encoding=decoded.encoding,
        encoding_is_sure=decoded.is_sure,
        replaced=replaced + decoded.replaced,
    )


def _seconds(time: str) -> int:
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
