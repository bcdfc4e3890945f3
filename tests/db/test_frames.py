"""Messages to workers arrive as they were sent, in frames that stay small."""

import io
import struct

import hypothesis.strategies as st
from hypothesis import given, settings

from db import frames

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner),
    max_leaves=8,
)


def sent(*messages):
    stream = io.BytesIO()
    for message in messages:
        frames.write(stream, message)
    stream.seek(0)
    return stream


@given(st.dictionaries(st.text("abcdef", max_size=4), VALUES), st.integers(0, 900))
@settings(max_examples=60, deadline=None)
def test_a_message_arrives_as_it_was_sent(message, length):
    message = message | {"items": [[number, "x😀"] for number in range(length)]}
    stream = sent(message, {"next": 1})
    assert frames.read(stream) == message
    assert frames.read(stream) == {"next": 1}
    assert frames.read(stream) is None


def test_long_texts_and_lists_travel_in_small_frames():
    message = {
        "a": {"text": "и😀" * 700_000},
        "figures": [{"n": n, "t": "x" * 50} for n in range(5000)],
    }
    stream = sent(message)
    assert frames.read(stream) == message
    stream.seek(0)
    longest = 0
    while head := stream.read(4):
        (length,) = struct.unpack(">I", head)
        longest = max(longest, length)
        stream.seek(length, 1)
    assert longest < 1_500_000


def test_a_message_that_breaks_off_is_none():
    whole = sent({"text": "a" * 600_000}).getvalue()
    assert frames.read(io.BytesIO(whole[:-10])) is None
    assert frames.read(io.BytesIO(whole[:2])) is None
