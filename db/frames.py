"""Messages between the program and its workers, in frames small enough to be read in between.

A message is JSON. Long texts and long lists travel in frames of their own, since reading one large
JSON document holds Python's lock, and with it the window, for as long as it takes: 0.5 s for a book
and 7.5 s for a text with 250,000 figures, measured.
"""

import json
import struct
from collections.abc import Callable, Iterator
from typing import IO, Any

_LENGTH = struct.Struct(">I")
CHARACTERS_A_FRAME = 256_000
CHARACTERS_IN_JSON = 1_000  # longer texts go as they are: JSON takes 50 times as long for them
ITEMS_A_FRAME = 200
_TEXT = "\x00text"
_LIST = "\x00list"


def write(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Send `message`; its keys and values must be what JSON knows."""
    apart: list[Iterator[bytes]] = []
    head = _without_long_parts(message, apart)
    stream.write(_frame(json.dumps(head).encode()))
    for frames in apart:
        for frame in frames:
            stream.write(_frame(frame))
    stream.flush()


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None where the stream has ended."""
    head = _read_frame(stream)
    if head is None:
        return None
    try:
        message: dict[str, Any] = _with_long_parts(json.loads(head), lambda: _required(stream))
    except EOFError:
        return None
    return message


def _without_long_parts(value: Any, apart: list[Iterator[bytes]]) -> Any:
    if isinstance(value, str) and len(value) > CHARACTERS_IN_JSON:
        apart.append(_text_frames(value))
        return {_TEXT: -(-len(value) // CHARACTERS_A_FRAME)}
    if isinstance(value, (list, tuple)) and len(value) > ITEMS_A_FRAME:
        apart.append(_list_frames(value))
        return {_LIST: -(-len(value) // ITEMS_A_FRAME)}
    if isinstance(value, dict):
        return {key: _without_long_parts(each, apart) for key, each in value.items()}
    return value


def _with_long_parts(value: Any, next_frame: Callable[[], bytes]) -> Any:
    if isinstance(value, dict):
        if _TEXT in value:
            frames = [next_frame() for _ in range(value[_TEXT])]
            return "".join(frame.decode("utf-8", "surrogatepass") for frame in frames)
        if _LIST in value:
            items: list[Any] = []
            for _ in range(value[_LIST]):
                items += json.loads(next_frame())
            return items
        return {key: _with_long_parts(each, next_frame) for key, each in value.items()}
    return value


def _text_frames(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), CHARACTERS_A_FRAME):
        yield text[start : start + CHARACTERS_A_FRAME].encode("utf-8", "surrogatepass")


def _list_frames(items: list[Any] | tuple[Any, ...]) -> Iterator[bytes]:
    for start in range(0, len(items), ITEMS_A_FRAME):
        yield json.dumps(items[start : start + ITEMS_A_FRAME]).encode()


def _frame(body: bytes) -> bytes:
    return _LENGTH.pack(len(body)) + body


def _required(stream: IO[bytes]) -> bytes:
    frame = _read_frame(stream)
    if frame is None:
        raise EOFError
    return frame


def _read_frame(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
