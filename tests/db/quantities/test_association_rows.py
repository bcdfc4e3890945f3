"""How figures of rows, clauses, entries and spans of time come to their dates."""

import pytest

from db import quantities
from db.quantities import association_spans
from db.records import Context
from tests.pace import is_linear


def dates(text: str) -> list[str | None]:
    return [figure.date for figure in quantities.figures(text, Context(language="en"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sold 20 bales and 30 sacks in 1938.", ["1938", "1938"]),
        ("In 1875 and 1876, 37 ministers resigned.", ["1875/1876"]),
        ("Exports were 22 and 9 tons in 1941 and 1942.", ["1941", "1942"]),
        ("In 1941 and 1942 exports were 22 and 9 tons.", ["1941", "1942"]),
        ("The roll was 40 pupils (1911), 50 pupils (1912).", ["1911", "1912"]),
        ("It pays in 30 instalments of $250, beginning in 1923.", ["1923/..", "1923/.."]),
    ],
)
def test_a_row_of_figures_shares_its_date_or_has_one_each(
    text: str, expected: list[str | None]
) -> None:
    assert dates(text) == expected


def test_a_clause_that_has_closed_keeps_its_date() -> None:
    text = "The town had 500 houses in 1920. The guild, which sent 60 men in 1919, lost 30 men."
    assert dates(text) == ["1920", "1919", "1920"]
    text = "In 1912 we met. Output, 9 tons in 1911, dropped to 7 tons."
    assert dates(text) == ["1911", "1912"]


def test_what_a_figure_is_set_against_does_not_carry_the_story() -> None:
    text = "In 1913 it had 90 men, against 40 men in 1911. Of these 12 men were weavers."
    assert dates(text) == ["1913", "1911", "1913"]


def test_until_a_year_when_is_that_year() -> None:
    assert dates("It did not grow until 1914, when 9 mills were built.") == ["1914"]


def test_a_length_of_time_is_counted_from_its_day() -> None:
    assert dates("The storm began on 3 May 1899 and lasted six days.") == ["1899-05-03/1899-05-09"]
    assert dates("We came home on 29 October 1897, after ten days.") == ["1897-10-19/1897-10-29"]


def test_a_sentence_that_sums_up_covers_the_paragraph() -> None:
    text = "It broke out on 7 May 1866. The last man fell ill on 3 June. In all 300 people died."
    assert dates(text) == ["1866-05-07/1866-06-03"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La grève commença le 3 mai 1907. Le 20 juin 1907 les puits rouvrirent."
               " La grève avait coûté 40 000 francs."),
        ("de", "Der Streik begann am 3. Mai 1907. Am 20. Juni 1907 öffneten die Gruben wieder."
               " Der Streik kostete 40 000 Mark."),
        ("ru", "Забастовка началась 3 мая 1907 года. 20 июня 1907 года шахты открылись."
               " Забастовка обошлась в 40 000 рублей."),
    ],
)  # fmt: skip
def test_what_a_whole_affair_cost_covers_all_of_it(language: str, text: str) -> None:
    (cost,) = quantities.figures(text, Context(language=language))
    assert cost.date == "1907-05-03/1907-06-20"


def test_each_entry_of_a_diary_has_its_own_day() -> None:
    text = (
        "Jan. 4th, 1871. - We marched eleven miles.\n\n"
        "6th. - Four men ran away.\n\nThe eve of Easter. - We found 30 huts.\n"
    )
    assert dates(text)[:2] == ["1871-01-04", "1871-01-06"]


def test_out_of_another_paragraph_comes_the_year() -> None:
    text = "On 4 May 1872 water came. Nobody was hurt.\n\nThere were 300 houses."
    assert dates(text) == ["1872"]
    text = "In the night of 4 to 5 May 1872 water came. Nobody was hurt.\n\nIt had 300 houses."
    assert dates(text) == ["1872"]


def test_the_day_that_closes_a_paragraph_holds_for_the_sentence_behind_it() -> None:
    assert dates("The bank shut on 4 May 1872.\n\nIt owed $300.") == ["1872-05-04"]


def test_a_day_in_the_midst_of_a_paragraph_leaves_what_follows_to_its_month_or_year() -> None:
    text = "On 9 May 1934 they stopped work. On 11 May more came. The pay was $4."
    assert dates(text) == ["1934-05"]
    text = "The rain began on 9 May 1934. Frost came on 11 September. Bread cost 40 cents."
    assert dates(text) == ["1934"]
    text = "The spring of 1867 was cold. The ice did not break until 17 June. Bread cost 9 marks."
    assert dates(text) == ["1867"]
    text = "In the summer of 1934 it came again. On 9 July 30 men died. There were 8 doctors."
    assert dates(text) == ["1934-07-09", "1934-22"]
    text = "On 9 May 1934 they stopped work. There were 300 men. The pay was $4."
    assert dates(text) == ["1934-05-09", "1934-05-09"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The bank shut on 8 May 1931. Its balance for 1929 showed $9. It held 47 firms.",
         ["1929", "1929"]),
        ("en", "On 27 March 1921 they counted. The tables were not published until 1923. There were "
         "177 persons.", ["1921-03-27"]),
        ("zh", "1953年6月30日普查。结果于1954年11月1日公布。全国有3,532万人。", ["1953-06-30"]),
        ("ru", "В 1921 году был голод. По данным, опубликованным в 1931 году, умерло 900 человек.",
         ["1921"]),
        ("en", "On 11 May 1931 they paid. Within four days the banks lost $300.",
         ["1931-05-11/1931-05-15", "1931-05-11/1931-05-15"]),
        ("en", "On 1 April 1889 it opened, and within eighteen months the firm lost 30 clerks.",
         ["1889-04-01/1890-09", "1889-04-01/1890-09"]),
        ("en", "In 1838 a line came. Receipts fell by 40 per cent in three years.",
         ["1838/1841", "1838/1841"]),
        ("ru", "В 1913 году матрос получал 18 рублей. За четыре года ушло 30 человек.",
         ["1913", "1913/1917", "1913/1917"]),
        ("zh", "1931年7月大水。全年产量仅及上年的六成。", ["1931"]),
        ("en", "In 1831 it fell to £9, and within eighteen months 3 shafts were idle.",
         ["1831", "1831-01/1832-07", "1831-01/1832-07"]),
        ("en", "In 1905 it had grown by 18 per cent in five years.", ["1900/1905", "1900/1905"]),
        ("en", "In 1881 there were 9 schools. By 1911 there were 30. Over the same thirty years the "
         "number of teachers rose to 90.", ["1881", "../1911", "1881/1911", "1881/1911"]),
        ("en", "It was floated in 1909 with $2; a pipe of 138 miles was finished in 1911.",
         ["1909", "1911"]),
        ("ru", "Убытки росли до 1908 года, когда они достигли 3 млн руб.", ["1908"]),
        ("en", "The floods of 1893 and 1895 took 27 bridges.", ["1893/1895"]),
        ("en", "In 1793 they began. A second Act of 1797 authorised another $60.", ["1797"]),
        ("en", "In 1911 it had 2,100 people, up 14% on 1901.", ["1911", "1911"]),
        ("en", "In 1920 it made 40 tons, half that of 1913.", ["1920", "1920"]),
        ("fr", "En 1920 on fit 40 tonnes, la moitié de celles de 1913.", ["1920", "1920"]),
        ("en", "In 1793 they began. Under the Act of 1790 they took $60.", ["1793"]),
    ],
)  # fmt: skip
def test_the_date_a_figure_rests_on_is_the_one_it_is_told_of(
    language: str, text: str, expected: list[str]
) -> None:
    found = quantities.figures(text, Context(language=language))
    assert [figure.date for figure in found] == expected


def test_by_a_part_of_a_decade_is_up_to_its_end() -> None:
    text = "By the early 1880s it had nine mills. They employed 460 hands."
    assert dates(text) == ["../1883", "../1883"]


@pytest.mark.parametrize("unit", ["day", "week", "month", "year", "decade"])
def test_a_span_never_leaves_the_calendar(unit: str) -> None:
    assert association_spans.spanned("0001-01-01", 900, unit, True, "0001-01-01") is None
    assert association_spans.spanned("9999-12-31", 999, unit, False, "9999-12-31") is None


@pytest.mark.parametrize(
    "piece",
    [
        "against 40 in 1911 ",
        "1911 and ",
        ", which had 3 men in 1911, took 4 ",
        "6th. - 5 men\n\n",
        "On 9 May it was 1,234. ",
        "; 3 men fell ",
        "Within four days 3 men fell on 9 May 1931. ",
        "the population 1,234 ",
        "from 9 tons in 1920 to 12 in 1929 ",
        "In 1,234 the next 3 years ",
    ],
)
def test_dating_takes_time_in_step_with_the_text(piece: str) -> None:
    assert is_linear(lambda size: dates(piece * (size // len(piece))), 6_000)
