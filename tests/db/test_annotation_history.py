"""Any sequence of annotation, tag and link commands undone gives back the rows it began with."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from db import annotations, errors, history, links, tags
from db.archive import Archive
from db.records import Target
from tests.db.annotated_archive import LETTER, REPORT, add_source, dump

SPANS = st.builds(
    lambda source_id, start, width: Target(
        source_id=source_id, start=start, end=min(start + width, len(REPORT))
    ),
    st.integers(1, 2),
    st.integers(0, 40),
    st.integers(1, 20),
)
TARGETS = st.one_of(SPANS, st.builds(Target, source_id=st.integers(1, 2)))
NUMBERS = st.integers(1, 6)
COMMANDS = st.one_of(
    st.tuples(
        st.just(lambda a, t, n, m: annotations.add_many(a, "note", t, body="so", tag_ids=n)),
        st.lists(SPANS, min_size=1, max_size=3),
        st.just([]),
        NUMBERS,
    ),
    *(
        st.tuples(st.just(command), st.lists(TARGETS, min_size=1, max_size=3), NUMBERS, NUMBERS)
        for command in (
            lambda a, t, n, m: annotations.change(a, [n, m], body=str(n), colour="red"),
            lambda a, t, n, m: annotations.remove(a, [n, m]),
            lambda a, t, n, m: annotations.restore(a, [n]),
            lambda a, t, n, m: tags.add(a, f"tag {n} {m}", letter=str(n)),
            lambda a, t, n, m: tags.add(a, f"tag {n}", m if m % 2 else None),
            lambda a, t, n, m: tags.at_path(a, f"{n}/{m}/{n}"),
            lambda a, t, n, m: tags.change(a, n, name=f"new {m}", letter=str(m), description="d"),
            lambda a, t, n, m: tags.move(a, [n], m),
            lambda a, t, n, m: tags.merge(a, n, [m]),
            lambda a, t, n, m: tags.split(a, n, [m], f"part {n}"),
            lambda a, t, n, m: tags.remove(a, [n], below=m > 3),
            lambda a, t, n, m: tags.put(a, [n, m], t),
            lambda a, t, n, m: tags.take_off(a, [n], [Target(annotation_id=m)]),
            lambda a, t, n, m: links.add(a, f"relation {n}", t[0], t[-1]),
            lambda a, t, n, m: links.change(a, n, relation=str(m), note="why"),
            lambda a, t, n, m: links.remove(a, [n]),
        )
    ),
)
# Refused commands are part of the game: they must leave nothing behind.
REFUSED = (errors.BadTag, errors.BadLink, errors.UnknownTag, errors.BadSpan)


@given(st.lists(COMMANDS, min_size=3, max_size=14))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_undone_they_give_the_rows_they_began_with(tmp_path_factory, own_home, steps):
    path = tmp_path_factory.mktemp("undo") / "a.muniment"
    with Archive.create(path) as archive:
        add_source(archive, "Letter", LETTER)
        add_source(archive, "Report", REPORT)
        archive.person = "Ada"
        states = [dump(archive)]
        for command, targets, one, other in steps:
            known = len(history.log(archive))
            try:
                command(archive, targets, one, other)
            except REFUSED:
                assert dump(archive) == states[-1]
            else:
                if len(history.log(archive)) > known:
                    states.append(dump(archive))
    # After a restart too.
    with Archive.open(path) as archive:
        for state in reversed(states[:-1]):
            history.undo(archive)
            assert dump(archive) == state
        for state in states[1:]:
            history.redo(archive)
            assert dump(archive) == state
