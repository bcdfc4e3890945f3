"""What the grammar reads in English prose: the traps that other extractors fall into."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import quantities
from db.records import Block, Context, Figure
from tests.pace import is_linear


def found(text: str, language: str = "en", **context: str) -> list[Figure]:
    return quantities.figures(text, Context(language=language, **context))


def read(text: str, language: str = "en") -> list[tuple[float, float | None, str | None]]:
    return [(one.value, one.value_high, one.unit) for one in found(text, language)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They bought goods for $ 74.67 million.", 74.67e6, "USD"),
        ("a cut of €90 million was proposed", 90e6, "EUR"),
        ("equipment that cost ($106 million) in all", 106e6, "USD"),
        ("tools for $3 mln were shipped", 3e6, "USD"),
        ("Rs. 2,50,000 were voted", 250_000, "INR"),
        ("a fine of two lakhs of rupees", 200_000, "INR"),
        ("It fetched 15.2 cents.", 0.152, "USD"),
        ("the rent was £17 10s. 6d. in all", 17.525, "GBP"),
        ("he earned 1s. 1½d. then", 13.5 / 240, "GBP"),
        ("they paid 200 Chinese dollars", 200, "CNY"),
        ("more than three and a half thousand volunteers came", 3500, "volunteer"),
        ("a fleet of two hundred aircraft", 200, "aircraft"),
        ("twenty-five thousand men marched", 25_000, "man"),
        ("half a million refugees fled", 500_000, "refugee"),
        ("three-quarters of a million tons", 750_000, "ton"),
        ("a plank of 2 1/2 inches", 2.5, "inch"),
        ("they advanced 4½ miles", 4.5, "mile"),
        ("about two and twenty years", 22, "year"),
        ("It took 5,200 Soviet trucks.", 5200, "truck"),
        ("It took 5200 Soviet trucks.", 5200, "truck"),
        ("They lost 28 Soviet SB aircraft.", 28, "aircraft"),
        ("nearly 12 per cent of the crop", 12, "percent"),
        ("It rose by 4.5%.", 4.5, "percent"),
        ("31 degrees below zero were read", -31, "degree"),
        ("a march of 60 miles an hour", 60, "mile"),
        ("They weighed 900 pounds.", 900, "pound"),
        ("2 lb. 3 oz. of bread", 2.1875, "pound"),
        ("150 ground personnel were hired", 150, "person"),
        ("211 killed lay there", 211, "person"),
        ("one in six was idle", 1 / 6, "fraction"),
        ("the price rose three times", 3, "times"),
        ("an army of 30,000 took the field", 30_000, "person"),
    ],
)
def test_one_figure_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    figures = found(text)
    assert [(pytest.approx(one.value), one.unit) for one in figures] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "The treaty of 1939 was signed in Moscow.",
        "See p. 233, Vol. 3 and No. 17; pp. 400-406.",
        "Under Article 3 and Table 9 nothing changed.",
        "The ZIS-2 and the I-16 were Soviet types.",
        "It was one of the first to arrive.",
        "Both came on the second day.",
        "The programme4 ended, and so did the aid9.",
        "They met at 10:30 p.m. by the bridge.",
        "They wrote to Mr. Hall in the 1930s.",
        "The subject was settled.758 All agreed.",
        "A third power attacked them.",
    ],
)
def test_years_references_types_and_ordinals_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("a pay of 600-750 dollars per month", 600, 750, "USD"),
        ("cut from 850 thousand to 500 thousand troops", 850_000, 500_000, "troop"),
        ("between 20 and 30 divisions stood there", 20, 30, "division"),
        ("2-3 million roubles were spent", 2e6, 3e6, "RUB"),
        ("two or three hundred horses died", 200, 300, "horse"),
        ("in five or six weeks", 5, 6, "week"),
        ("it rose from £7 to £12 5s. a ton", 7, 12.25, "GBP"),
        ("bread rose from 4d. to 11d. the loaf", 4 / 240, 11 / 240, "GBP"),
    ],
)
def test_a_range_is_one_figure(text: str, low: float, high: float, unit: str) -> None:
    assert read(text) == [(pytest.approx(low), pytest.approx(high), unit)]


def test_two_sums_joined_by_and_share_scale_and_money() -> None:
    assert read("in 1940 it was 20 and 25 million dollars") == [
        (20e6, None, "USD"),
        (25e6, None, "USD"),
    ]


def test_a_list_of_sums_names_its_money_once() -> None:
    text = "cars for $16.7 million; petrol for 11.45 million; rails for 4 million"
    assert read(text) == [(16.7e6, None, "USD"), (11.45e6, None, "USD"), (4e6, None, "USD")]


def test_of_them_counts_what_was_counted_before() -> None:
    text = "They sent 435 aircraft. 110 of them were old."
    assert read(text)[1] == (110, None, "aircraft")
    assert found(text)[1].text == "110 of them"


def test_the_number_of_divisions_to_65_counts_divisions() -> None:
    text = "It was decided to raise the number of divisions to 65, air squadrons to 160."
    assert read(text) == [(65, None, "division"), (160, None, "squadron")]


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("about 300 tanks", "about"),
        ("some 300 tanks", "about"),
        ("nearly 300 tanks", "almost"),
        ("more than 300 tanks", "more_than"),
        ("at least 300 tanks", "more_than"),
        ("fewer than 300 tanks", "less_than"),
        ("not more than 300 tanks", "up_to"),
        ("up to 300 tanks", "up_to"),
        ("300 or more tanks", "more_than"),
        ("300 tanks", "exact"),
    ],
)
def test_approximators_stay_outside_the_words_of_the_figure(text: str, approx: str) -> None:
    (figure,) = found(f"They had {text}.")
    assert figure.approx == approx
    assert figure.text.startswith("300")
    assert figure.text.endswith("tanks")


def test_a_fraction_takes_the_words_it_is_a_part_of() -> None:
    (figure,) = found("more than two-thirds of the foreign aid was lost")
    assert (figure.text, figure.unit) == ("two-thirds of the foreign aid", "fraction")
    assert figure.value == pytest.approx(2 / 3)


def test_the_denominator_of_a_rate_is_kept_apart() -> None:
    (figure,) = found("They were paid 600 dollars per month.")
    assert (figure.text, figure.unit, figure.per) == ("600 dollars per month", "USD", "month")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The seal is shown at 150px https://example.org/seals in the list.", "en"),
        ("Une image 150px https://example.org/sceaux était là.", "fr"),
        ("Картинка 150px https://example.org/seals была там.", "ru"),
        ("See http://example.org/?x=30%20tanks&n=40 for more.", "en"),
        ("Siehe www.example.org/20 Panzer", "de"),
        ("此事的来函和照片见https://a.org/30辆卡车，另有说明。", "zh"),
    ],
)
def test_the_address_of_a_page_counts_nothing(text: str, language: str) -> None:
    assert found(text, language) == []


def test_what_stands_beside_an_address_is_counted() -> None:
    text = "The depot (https://example.org/depot/12) held 30 lorries, see www.example.org/7."
    assert read(text) == [(30.0, None, "lorry")]


def test_a_size_that_no_lexicon_knows_takes_no_unit_from_its_neighbour() -> None:
    assert read("40 lorries came; the picture is 150px wide.") == [(40.0, None, "lorry")]


def test_letters_read_for_digits_are_mended_with_a_doubt() -> None:
    figures = found("They lost l,200 men and 4OO horses.")
    assert [(one.value, one.unit) for one in figures] == [(1200, "man"), (400, "horse")]
    assert all("mended_digits" in one.doubts for one in figures)


def test_a_plain_dollar_sign_is_flagged() -> None:
    (figure,) = found("It cost $500.")
    assert "ambiguous_dollar" in figure.doubts


def test_every_figure_says_which_rules_and_words_made_it() -> None:
    for figure in found("About 300 tanks cost some $25 million."):
        assert figure.rules
        assert all(
            "About 300 tanks cost some $25 million."[start:end] == words
            for part, words, start, end in figure.why
            if part != "unit"
        )


def test_boilerplate_gives_no_figures_and_no_figure_crosses_blocks() -> None:
    text = "They lost 300\n\ntanks. Share this page with 20 friends."
    blocks = (
        Block(0, 13),
        Block(15, 21),
        Block(22, len(text), kind="boilerplate"),
    )
    extraction = quantities.extract(text, blocks, Context(language="en"))
    assert not [one for one in extraction.figures if one.end > 13]


def test_a_russian_block_in_an_english_source_is_read_as_russian() -> None:
    text = "They lost 300 tanks.\n\nПотеряно 40 самолётов."
    assert [one.unit for one in found(text)] == ["tank", "aircraft"]


def test_a_number_without_end_is_no_number() -> None:
    assert found("9" * 5000 + " tanks") == []
    assert all(one.value < 1e31 for one in found("ten million million million million million men"))


@given(
    st.text(alphabet="0123456789,. -–$£%½abdmstofandhundred thousand\nмлн万千三百一", max_size=300)
)
@settings(max_examples=150, deadline=None)
def test_the_words_of_a_figure_are_the_text_at_its_offsets(text: str) -> None:
    for language in ("en", "ru", "zh", "de", "fr"):
        for one in found(text, language):
            assert text[one.start : one.end] == one.text
            assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["1,", "one ", "1 2 ", "a hundred and ", "$", "三百", "1-", "из ", "9", "http://1 ", "www.1"],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    language = "zh" if piece == "三百" else "en"
    assert is_linear(lambda size: found(piece * (size // len(piece)), language), 12_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost four shillings and eight pence.", [(4 / 20 + 8 / 240, None, "GBP")]),
        ("He paid nine pounds ten shillings for it.", [(9.5, None, "GBP")]),
        ("the export of 902 qr. 1 bush. of wheat", [(902.125, None, "quarter")]),
        ("He lay there for a year or so.", [(1.0, None, "year")]),
        ("Nine in ten of the settlers died.", [(0.9, None, "fraction")]),
        ("The deficit was cut in half.", [(0.5, None, "fraction")]),
        ("More than 260 Foreign Relations volumes exist.", [(260.0, None, "volume")]),
        ("Depot 3 held 6 tanks.", [(6.0, None, "tank")]),
        ("They divided: Ayes, 19; Noes, 33.", [(19.0, None, "vote"), (33.0, None, "vote")]),
        ("Two of the five contractors failed.", [(2, None, "contractor"), (5, None, "contractor")]),
        ("430 piculs of pepper, 57 of tin", [(430.0, None, "picul"), (57.0, None, "picul")]),
        ("The House rose at ten minutes past eleven.", []),
        ("He paid 0.35 Chinese dollars3 for it.", [(0.35, None, "CNY")]),
        ("It lies 74 m. by rail inland, at 610 ft.", [(74, None, "mile"), (610, None, "foot")]),
        ("The crop fell by a third.", [(1 / 3, None, "fraction")]),
        (
            "They sent 300 trucks and 4 thousand camels; in 1939 the number rose to 450 and"
            " 11 thousand, respectively.",
            [
                (300, None, "truck"),
                (4000, None, "camel"),
                (450, None, "truck"),
                (11e3, None, "camel"),
            ],
        ),
    ],
)
def test_old_sums_shares_rows_and_names_are_read(
    text: str, expected: list[tuple[float, float | None, str | None]]
) -> None:
    assert [(pytest.approx(value), high, unit) for value, high, unit in expected] == read(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It weighed 12±2 tons.", 10, 14),
        ("It weighed 12 ± 2 tons.", 10, 14),
        ("It weighed 12 plus or minus 2 tons.", 10, 14),
        ("It weighed 2.5 ± 0.5 tons.", 2, 3),
    ],
)
def test_plus_and_minus_are_the_two_ends(text: str, low: float, high: float) -> None:
    [figure] = quantities.figures(text, Context(language="en"))
    assert (figure.value, figure.value_high, figure.unit) == (low, high, "ton")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 mrd marks", 4e9),
        ("30 wan dollars", 300_000),
        ("2 yi yuan", 2e8),
        ("3 crore rupees", 3e7),
    ],
)
def test_scales_of_other_tongues(text: str, value: float) -> None:
    [figure] = quantities.figures(f"In 1938 they had {text}.", Context(language="en"))
    assert figure.value == value


def test_what_is_denied_was_not_delivered() -> None:
    [figure] = quantities.figures(
        "The Soviet Union denied having sent 300 aircraft.", Context(language="en")
    )
    assert figure.modality == "denied"
