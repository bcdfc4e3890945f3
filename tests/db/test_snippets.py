"""Where words stand in a passage and what is shown of it: quickly, also where it is all matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import snippets
from db.archive import Archive
from db.matching import Matcher
from db.query import Query
from tests.pace import is_linear


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("home")))
        with Archive.create(tmp_path_factory.mktemp("empty") / "a.muniment") as archive:
            yield archive


@pytest.mark.parametrize("text", ["a", '"a b"~10', '"a b"~1000'])
def test_matches_are_found_in_a_time_that_grows_with_the_text(empty, text):
    matcher = Matcher(empty, Query.parse(text))

    def find(size):
        for _ in range(10):
            assert len(matcher.find("a b " * (size // 4))) >= size // 4

    assert is_linear(find, 1_000)


def test_the_window_is_chosen_in_a_time_that_grows_with_the_text():
    def show(size):
        matches = [(at, at + 1, 0) for at in range(0, 2 * size, 2)]
        snippets.cut("a " * size, matches, length=size)

    assert is_linear(show, 2_000)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30), st.integers(0, 3)), min_size=2),
    st.integers(80, 200),
)
def test_the_window_holds_the_most_different_words_then_the_most(steps, length):
    matches, at = [], 0
    for gap, size, leaf in steps:
        matches.append((at + gap, at + gap + size, leaf))
        at += gap + size
    worths = []
    for start, _, _ in matches:
        leaves = [leaf for a, b, leaf in matches if start <= a and b <= start + length - 60]
        worths.append((len(set(leaves)), len(leaves), -start))
    wanted = -max(worths)[2]
    assert snippets._best_start("x" * 9_999, matches, length) == max(0, wanted - 60)


@given(st.lists(st.sampled_from("abx"), max_size=40), st.integers(0, 6))
def test_words_near_each_other_are_those_with_all_the_others_close_by(empty, words, distance):
    found = Matcher(empty, Query.parse(f'"a b"~{distance}')).find(" ".join(words))
    near = {
        place
        for i, first in enumerate(words)
        for j, other in enumerate(words)
        if {first, other} == {"a", "b"} and abs(i - j) - 1 <= distance
        for place in range(min(i, j), max(i, j) + 1)
        if words[place] in "ab"
    }
    assert [start // 2 for start, _, _ in found] == sorted(near)
