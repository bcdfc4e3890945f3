"""The stored form of text: a few characters change, all others stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.readers.canonical import canonical

CHANGED = set("\ufeff\r\u2028\u2029\x00") | {chr(code) for code in range(0xD800, 0xE000)}


@pytest.mark.parametrize(
    ("written", "stored", "replaced"),
    [
        ("\ufeffone\r\ntwo\rthree", "one\ntwo\nthree", 0),
        ("a\u2028b\u2029c", "a\nb\nc", 0),
        ("nul\x00and \ud83d alone", "nul\ufffdand \ufffd alone", 2),
        (
            "kept \u00a0 \x85 \x0c \ufdd0 e\u0301 \ufffd",
            "kept \u00a0 \x85 \x0c \ufdd0 e\u0301 \ufffd",
            0,
        ),
        ("in the middle \ufeff stays", "in the middle \ufeff stays", 0),
        ("\ufeff\ufeffone of two goes", "\ufeffone of two goes", 0),
        ("\n\r\r\n", "\n\n\n", 0),
        ("", "", 0),
    ],
)
def test_only_what_the_rule_names_is_changed(written: str, stored: str, replaced: int) -> None:
    assert canonical(written) == (stored, replaced)


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=150, deadline=None)
def test_all_other_characters_stay_as_they_are(written: str) -> None:
    stored, _ = canonical(written)
    kept = [character for character in written if character not in CHANGED]
    assert [c for c in stored if c not in CHANGED and c not in "\n\ufffd"] == [
        c for c in kept if c not in "\n\ufffd"
    ]
    assert not CHANGED & set(stored.removeprefix("\ufeff")) - {"\ufeff"}
