"""Long lists are let go one thing at a time."""

import weakref

from db.freeing import let_go


class Thing:
    pass


def test_a_list_let_go_is_empty_and_its_things_are_freed():
    things = [Thing() for _ in range(10)]
    watched = [weakref.ref(each) for each in things]
    kept = things[3]
    let_go(things)
    assert things == []
    assert [each() is None for each in watched].count(False) == 1
    assert watched[3]() is kept
