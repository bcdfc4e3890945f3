"""Sentences for errors read as sentences, whatever a library put into them."""

from db import errors
from desktop import wording


def test_a_reason_from_a_library_does_not_end_in_two_full_stops() -> None:
    told = wording.reason(errors.Unreadable("damaged", detail="The table of pages is lost."))
    assert told == "It is damaged: The table of pages is lost."
