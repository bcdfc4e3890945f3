"""Whose turn it is to write an archive, among the threads of this program."""

import threading
from collections.abc import Generator
from contextlib import contextmanager


class Turn:
    """One writes at a time: urgent ones first, the others in between."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._taken = False
        self._urgent_waiting = 0

    @contextmanager
    def taken(self, *, urgent: bool) -> Generator[None]:
        """Within the block the turn is the caller's."""
        with self._condition:
            self._urgent_waiting += urgent
            try:
                self._condition.wait_for(
                    lambda: not self._taken and (urgent or not self._urgent_waiting)
                )
            finally:
                self._urgent_waiting -= urgent
            self._taken = True
        try:
            yield
        finally:
            with self._condition:
                self._taken = False
                self._condition.notify_all()
