"""The place in the review queue: whatever is pressed, nothing is lost, doubled or judged unseen."""

import hypothesis.strategies as st
from hypothesis import given, settings

from db.figures import Written
from db.records import Figure, KeptFigure
from db.review import Card
from desktop.review_queue import CARDS_A_PAGE, Queue


def card(number):
    figure = Figure(0, 1, "x", "count", 1.0)
    return Card(KeptFigure(number, 1, "", 1, "proposed", figure), 0, "x", "", "", "paragraph", None)


def fetch(queue):
    page = queue.page_to_fetch()
    queue.arrive(page, {each: card(each) for each in page})
    return page


def queue_of(ids):
    queue = Queue()
    queue.show(ids)
    fetch(queue)
    return queue


def test_what_is_not_on_screen_is_not_judged():
    queue = Queue()
    queue.show([1, 2, 3])
    assert queue.decide("accepted") is None
    assert queue.ids == [1, 2, 3]


def test_cards_are_asked_for_once_and_page_by_page():
    queue = Queue()
    queue.show(range(1, 1000))
    assert queue.page_to_fetch() == tuple(range(1, CARDS_A_PAGE + 1))
    assert queue.page_to_fetch() == ()


def test_what_has_gone_from_the_archive_leaves_the_queue():
    queue = Queue()
    queue.show([1, 2, 3, 4])
    queue.skip()
    page = queue.page_to_fetch()
    queue.arrive(page, {4: card(4)})
    assert queue.ids == [1, 4]
    assert queue.card().kept.id == 4


def test_asked_anew_the_place_is_kept_and_what_is_being_written_stays_out():
    queue = queue_of([1, 2, 3, 4])
    queue.skip()
    step = queue.decide("accepted")
    queue.show([1, 2, 3, 4])
    fetch(queue)
    assert queue.ids == [1, 3, 4]
    assert queue.card().kept.id == 3
    queue.confirm(step, Written(1, 1, 1))
    queue.show([1, 2, 3, 4])
    assert queue.ids == [1, 2, 3, 4]


KEYS = st.lists(st.sampled_from("AXSUL*F"), max_size=40)


@given(st.integers(0, 60), KEYS)
@settings(max_examples=120, deadline=None)
def test_undoing_everything_leads_back_to_where_one_began(count, keys):
    ids = list(range(count))
    queue = queue_of(ids)
    for key in keys:
        fetch(queue)
        if key in "AX":
            queue.decide("accepted")
        elif key == "S":
            queue.skip()
        elif key == "U" and queue.steps:
            queue.bring_back(queue.steps.pop())
        elif key == "F" and queue.steps and queue.steps[-1].status is not None:
            queue.forget(queue.steps[-1])
        judged = {each for step in queue.steps if step.status for each in step.ids}
        assert sorted([*queue.ids, *judged]) == ids
        assert 0 <= queue.at <= len(queue.ids)
    while queue.steps:
        queue.bring_back(queue.steps.pop())
    assert queue.ids == ids
