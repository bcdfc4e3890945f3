"""Findings of an archive: kept, judged, found again by what they rest on."""

import pytest

from db import extraction, figures, findings, history, ingest, sources
from db.records import Figure

ADDS_UP = "The depot at Kaldi issued 1,240 blankets, namely 700 for the hospital and 540 for the school.\n"
DIFFERS = "The mission received 40 horses and 25 mules, 75 animals in all.\n"


@pytest.fixture
def filled(archive, tmp_path, home):
    path = tmp_path / "depot.txt"
    path.write_text(f"{ADDS_UP}\n{DIFFERS}", encoding="utf-8")
    ingest.add(archive, [path])
    findings.find(archive)
    return archive


def test_findings_name_the_figures_and_passages_they_rest_on(filled):
    first, second = findings.all(filled)
    rows = figures.rows(filled, first.figure_ids)
    assert [rows[each].figure.value for each in first.figure_ids] == [1240, 700, 540]
    assert (first.kind, first.verdict, first.stated, first.computed) == (
        "sum",
        "agrees",
        1240,
        1240,
    )
    assert (second.verdict, second.stated, second.computed) == ("differs", 75, 65)
    assert "by" in second.message or "10 less" in second.message
    passage = sources.passage(filled, second.passage_ids[0])
    assert passage is not None
    assert "mules" in passage.text


def test_finding_anew_keeps_the_same_rows(filled):
    before = findings.all(filled)
    assert findings.find(filled) == 2
    assert findings.all(filled) == before


def test_a_figure_that_goes_while_one_looks_takes_its_finding_with_it(filled, tmp_path):
    (tmp_path / "mill.txt").write_text("The mill held 12 carts.\n", encoding="utf-8")
    ingest.add(filled, [tmp_path / "mill.txt"])
    gone = findings.all(filled)[0].figure_ids[1]

    def take_one_away(done, _of, _what):
        if done == 1:
            with history.command(filled, "apply new readings", "figures") as recording:
                recording.delete_with_rows_below("figures", [gone])

    assert findings.find(filled, take_one_away) == 1
    (left,) = findings.all(filled)
    assert left.stated == 75


def test_a_judgement_can_be_undone_and_redone(filled):
    finding = findings.all(filled)[1]
    findings.judge(filled, finding.id, "dismissed", "the mules were counted twice")
    assert findings.all(filled)[1].judgement == "dismissed"
    history.undo(filled)
    assert findings.all(filled)[1].judgement is None
    history.redo(filled)
    assert findings.all(filled)[1].reason == "the mules were counted twice"


def test_a_type_that_a_person_changed_is_not_overwritten(filled):
    finding = findings.all(filled)[1]
    findings.judge(filled, finding.id, "changed", verdict="agrees within rounding")
    findings.find(filled)
    assert findings.all(filled)[1].verdict == "agrees within rounding"


def test_a_changed_type_that_is_taken_back_is_reckoned_anew(filled):
    finding = findings.all(filled)[1]
    findings.judge(filled, finding.id, "changed", verdict="agrees within rounding")
    findings.judge(filled, finding.id, None)
    findings.reckon_again(filled, finding.id)
    assert findings.all(filled)[1] == finding


def test_dismissed_stays_dismissed_when_the_source_is_removed_and_taken_in_again(filled, tmp_path):
    findings.judge(filled, findings.all(filled)[1].id, "dismissed")
    sources.remove(filled, [source.id for source in sources.all(filled)])
    assert findings.find(filled) == 0
    assert findings.all(filled) == []
    ingest.add(filled, [tmp_path / "depot.txt"])
    findings.find(filled)
    assert [each.judgement for each in findings.all(filled)] == [None, "dismissed"]


def test_dismissed_stays_dismissed_when_figures_are_read_again(filled):
    findings.judge(filled, findings.all(filled)[1].id, "dismissed")
    with filled.writing("figures") as database:
        database.execute("DELETE FROM figures")
        database.execute("UPDATE sources SET grammar = NULL")
    assert findings.all(filled) == []
    findings.find(filled)
    extraction.extract(filled)
    findings.find(filled)
    assert [each.judgement for each in findings.all(filled)] == [None, "dismissed"]


def test_a_rejected_figure_takes_its_finding_with_it(filled):
    finding = findings.all(filled)[0]
    figures.decide(filled, [finding.figure_ids[1]], "rejected")
    findings.find(filled)
    assert [each.stated for each in findings.all(filled)] == [75]


def test_two_sources_with_the_same_words_have_a_finding_each(filled, tmp_path):
    other = tmp_path / "copy.txt"
    other.write_text(f"{ADDS_UP}\n{DIFFERS}\nWritten out a second time.\n", encoding="utf-8")
    ingest.add(filled, [other])
    findings.find(filled)
    assert sorted(each.stated for each in findings.all(filled)) == [75, 75, 1240, 1240]


@pytest.mark.parametrize(
    ("text", "value", "kind", "half"),
    [
        ("74.67 million", 74.67e6, "money", 5000),
        ("$1.7 million", 1.7e6, "money", 50_000),
        ("1,300 tons", 1300, "mass", 0.5),
        ("1 300,5 т", 1300.5, "mass", 0.05),
        ("64.87%", 64.87, "percent", 0.005),
        ("65 animals", 65, "count", 0),
        ("1 thousand aircraft", 1000, "count", 500),
        ("3000万美元", 3e7, "money", 5000),
        ("two million dollars", 2e6, "money", 500_000),
        ("2 1/2 tons", 2.5, "mass", 0),
    ],
)
def test_half_a_unit_of_the_last_digit_is_read_from_the_words(text, value, kind, half):
    from db.noticed import half_unit

    figure = Figure(0, len(text), text, kind, value)
    assert half_unit(figure) == pytest.approx(half)


def test_two_sources_that_count_one_thing_differently_disagree(archive, tmp_path, home):
    one = "In 1938 the Northern Railway carried 412,000 passengers between Arlen and Voss.\n"
    other = (
        "Between Arlen and Voss 437,000 passengers were carried by the Northern Railway in 1938.\n"
    )
    (tmp_path / "one.txt").write_text(one, encoding="utf-8")
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    ingest.add(archive, [tmp_path / "one.txt", tmp_path / "other.txt"])
    findings.find(archive)
    (finding,) = findings.all(archive)
    assert (finding.kind, finding.verdict) == ("disagreement", "conflict")
    assert (finding.stated, finding.computed) == (412_000, 437_000)
    assert len(finding.arithmetic["quotations"]) == 2


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ("In 1938 the Northern Railway carried 0.4 million passengers between Arlen and Voss.",
         "same after rounding"),
        ("In 1938 the Northern Railway carried 4,120,000 passengers between Arlen and Voss.",
         "scale slip"),
        ("The revised return for the Northern Railway gives 420,000 passengers carried between"
         " Arlen and Voss in 1938.", "revision"),
        ("In 1939 the Northern Railway carried 460,000 passengers between Arlen and Voss.",
         "other period"),
        ("In 1938 the Northern Railway carried 412,000 passengers between Arlen and Voss.", None),
        ("In 1938 the harbour of Voss received 90,000 passengers from overseas.", None),
    ],
)  # fmt: skip
def test_a_disagreement_is_told_by_its_sort(archive, tmp_path, home, other, verdict):
    one = "In 1938 the Northern Railway carried 412,000 passengers between Arlen and Voss."
    (tmp_path / "one.txt").write_text(f"{one}\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text(f"{other}\n\nA second paragraph.\n", encoding="utf-8")
    ingest.add(archive, [tmp_path / "one.txt", tmp_path / "other.txt"])
    findings.find(archive)
    assert [each.verdict for each in findings.all(archive)] == ([verdict] if verdict else [])


def test_asked_cut_and_agreed_make_a_ladder(archive, tmp_path, home):
    text = (
        "The envoy asked for 600 locomotives. The request was reduced to 400 locomotives."
        " In May the ministry agreed to 350 locomotives.\n"
    )
    (tmp_path / "envoy.txt").write_text(text, encoding="utf-8")
    ingest.add(archive, [tmp_path / "envoy.txt"])
    findings.find(archive)
    (ladder,) = findings.all(archive)
    assert ladder.kind == "ladder"
    assert ladder.arithmetic["steps"] == [["asked", 600], ["cut", 400], ["agreed", 350]]


@pytest.mark.parametrize(
    ("text", "values", "verdict"),
    [
        ("The stores held 4,300 tons of grain:\n\n- 2,100 tons of wheat\n- 1,400 tons of rye\n"
         "- 800 tons of oats\n", [4300, 2100, 1400, 800], "agrees"),
        ("Takings of the fair\n\nStalls: $1,200\nGames: $850\nMeals: $2,450\nTotal: $4,600\n",
         [4600, 1200, 850, 2450], "differs"),
        ("These animals were lost.\n\n1. 40 horses\n2. 12 mules\n3. 8 camels\nTotal 60 animals\n",
         [60, 40, 12, 8], "agrees"),
        ("The network measures 2,575 km in total; 340 km are paved, 1,190 km\nare gravel, 735 km are"
         " improved earth, and\n310 km are left as the carts have made them.\n",
         [2575, 340, 1190, 735, 310], "agrees"),
    ],
)  # fmt: skip
def test_a_list_is_added_up_and_text_cut_to_a_width_is_no_list(
    archive, tmp_path, home, text, values, verdict
):
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    ingest.add(archive, [tmp_path / "list.txt"])
    findings.find(archive)
    (finding,) = findings.all(archive)
    rows = figures.rows(archive, finding.figure_ids)
    assert [rows[each].figure.value for each in finding.figure_ids] == values
    assert finding.verdict == verdict


def test_looking_can_be_cancelled_before_anything_is_written(filled):
    from db import errors

    def stop(*_):
        raise errors.Cancelled

    before = findings.all(filled)
    with pytest.raises(errors.Cancelled):
        findings.find(filled, stop)
    assert findings.all(filled) == before


def test_a_copy_that_says_both_amounts_contradicts_neither(archive, tmp_path, home):
    told = (
        "Before the war the Kaldi coalfield near Torvik raised 19 million tons a year, and the"
        " Torvik coalfield of the Kaldi river raised 33 million tons a year.\n"
    )
    for name in ("first", "second"):
        (tmp_path / f"{name}.txt").write_text(f"{name} edition\n\n{told}", encoding="utf-8")
    ingest.add(archive, [tmp_path / "first.txt", tmp_path / "second.txt"])
    findings.find(archive)
    assert [each for each in findings.all(archive) if each.kind == "disagreement"] == []


def test_a_total_does_not_disagree_with_one_of_its_parts(archive, tmp_path, home):
    (tmp_path / "total.txt").write_text(
        "The Torvik bank lent the Kaldi council three credits of $20 million, $25 million and"
        " $15 million in 1931. The credits of the Torvik bank to the Kaldi council came to"
        " $60 million in all in 1931.\n",
        encoding="utf-8",
    )
    (tmp_path / "part.txt").write_text(
        "In 1931 the Torvik bank lent the Kaldi council a credit of $25 million.\n",
        encoding="utf-8",
    )
    ingest.add(archive, [tmp_path / "total.txt", tmp_path / "part.txt"])
    findings.find(archive)
    assert [each.kind for each in findings.all(archive)] == ["sum"]
