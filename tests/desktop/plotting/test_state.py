import json

from hypothesis import given, settings
from hypothesis import strategies as st

from db.conversions import Conversions, Rate
from desktop.plotting.state import EVERYTHING, State, Subject, from_data, to_data

ids = st.integers(1, 2**53)
states = st.builds(
    State,
    subject=st.one_of(
        st.just(EVERYTHING),
        st.builds(Subject, st.text(), ids),
        st.builds(Subject, st.text(), st.none(), st.lists(ids).map(tuple)),
    ),
    quantity=st.none() | st.tuples(st.none() | st.text(), st.none() | st.text()),
    is_log=st.booleans(),
    view=st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
    hidden_sources=st.frozensets(ids),
    with_rejected=st.booleans(),
    reckoning=st.sampled_from(["stated", "month", "share", "index"]),
    is_every_unit=st.booleans(),
    second=st.none() | st.tuples(st.text(), st.none()),
    kind=st.sampled_from(["time", "ladder", "coverage"]),
    conversion=st.none() | st.just(Conversions("t", (Rate("GBP", "USD", 4.0, "p. 3", "1939"),))),
    names=st.lists(st.tuples(ids, st.text()), max_size=3).map(tuple),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(states)
def test_a_state_comes_back_from_json_as_it_was(state):
    assert from_data(json.loads(json.dumps(to_data(state)))) == state


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(to_data(State()))), anything))
def test_data_of_any_kind_gives_a_plot(data):
    json.dumps(to_data(from_data(data)), allow_nan=False)


def test_what_is_not_known_is_as_in_a_new_plot():
    assert from_data({"values": "median", "view": [1, 2], "subject": 7}) == State()
