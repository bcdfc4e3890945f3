"""What holds of every search, whatever is asked: no string breaks it, and the laws of sets."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db import folding, search, stages
from db.archive import Archive
from db.matching import Matcher
from db.query import Query
from tests.db.search_archive import add_figure, add_source
from tests.db.test_query import strange_text

TEXTS = [
    "A loan of 1,300 dollars; loans and credits.",
    "The army of Yen'an had thirteen hundred aeroplanes",
    "Lend-Lease in 1940: no loan",
    "五千万美元贷款 in 1940年10月",
    "航空隊\nと空軍 ガス",
    "Самолёты и займы, 25 штук",
    "dépôt Straße ﬁnance ½ km²",
    "share this page: loan",
    "twenty-five thousand",
    "loan loan loan army credit 贷款",
]
WORDS = [
    "loan", "loans", "army", "credit", "1300", "1,300", "25", "1940", "lend-lease", "yen'an", "贷款",
    "款", "航空隊", "самолет", "depot", "strasse", "½", "aero*", "ガス", "twenty-five", "zebra", "the",
    '"army of"', '"loan army"~3', '"贷款 in"', "=loan", "km²", "finance", "隊と",
]  # fmt: skip
words = st.sampled_from(WORDS)
queries = st.recursive(
    st.sampled_from([*WORDS, "year:1940", "unit:USD", "kind:boilerplate", "title:one"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("home")))
        archive = Archive.create(tmp_path_factory.mktemp("mixed") / "a.muniment")
        add_source(
            archive, TEXTS, title="One", date="1940", kinds=["paragraph"] * 7 + ["boilerplate"]
        )
        add_source(archive, [text.upper() for text in TEXTS], title="Two", language="ru")
        add_figure(archive, 1, 1300, "USD", date="1940")
        yield archive
        archive.close()


def everything(archive, text):
    return set(search.find(archive, Query.parse(text, include_boilerplate=True)).ids)


@settings(max_examples=250, deadline=None)
@given(strange_text)
@example("(" * 100 + "a b" + ")" * 100)
@example("-(a -(b -(c -(d -(e -(f -(g -(h -(i -(j -(k -(l -(m n))))))))))))")
@example("(a OR (b (c OR (d (e OR (f (g OR (h (i OR (j (k OR (l m))))))))))))")
@example(" ".join(f"word{n}" for n in range(300)))
@example('"a b c d e f g h i j k l"~1000')
@example("\ud800 loan")
def test_any_string_at_all_gives_results(mixed, text):
    query = Query.parse(text)
    result = search.find(mixed, query)
    assert len(result.ids) == result.total == len(set(result.ids))
    assert list(search.find(mixed, query, limit=3).ids) == list(result.ids)[:3]
    page = search.first_page(mixed, query)
    assert set(page.ids) <= set(result.ids)
    assert page.total == result.total if page.exact else page.total <= result.total
    ranking = stages.rank_on(mixed, query, stages.Ranking())
    assert list(stages.first(stages.everything(mixed, query), ranking).ids) == list(result.ids)
    assert list(search.hits(mixed, result.ids, query)) == list(result.ids)


@settings(max_examples=150, deadline=None)
@given(words)
def test_the_index_finds_what_reading_finds(mixed, text):
    query = Query.parse(text)
    matcher = Matcher(mixed, query)
    rows = mixed.reading().execute("SELECT id, text FROM passages").fetchall()
    assert everything(mixed, text) == {each for each, passage in rows if matcher.find(passage)}


@settings(max_examples=150, deadline=None)
@given(queries, words)
def test_a_word_more_narrows_and_not_is_the_complement(mixed, text, word):
    whole = {row[0] for row in mixed.reading().execute("SELECT id FROM passages").fetchall()}
    assert everything(mixed, f"{text} {word}") == everything(mixed, text) & everything(mixed, word)
    assert everything(mixed, f"-({text})") == whole - everything(mixed, text)
    assert everything(mixed, f"{text} OR {word}") == everything(mixed, text) | everything(
        mixed, word
    )


@settings(max_examples=150, deadline=None)
@given(queries)
def test_the_text_of_a_query_finds_the_same(mixed, text):
    query = Query.parse(text)
    assert list(search.find(mixed, Query.parse(query.text())).ids) == list(
        search.find(mixed, query).ids
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["loan", "army", "lend-lease", "贷款", "aero*", "1300"]), min_size=1)
)
def test_the_matches_of_a_hit_hold_the_words_asked_for(mixed, asked):
    query = Query.parse(" ".join(asked))
    texts = dict(mixed.reading().execute("SELECT source_id, text FROM texts").fetchall())
    for hit in search.hits(mixed, search.find(mixed, query).ids, query).values():
        said = [texts[hit.source_id][match.start : match.end] for match in hit.matches]
        folded = {" ".join(folding.words(each)) for each in said}
        for word in asked:
            wanted = {"loan": {"loan", "loans"}, "army": {"army"}, "lend-lease": {"lend lease"},
                      "贷款": {"贷 款"}, "aero*": {"aeroplanes"},
                      "1300": {"1 300", "thirteen hundred"}}[word]  # fmt: skip
            assert folded & wanted
        for span in hit.snippet_matches:
            assert hit.snippet[span.start : span.end].strip()
