"""The dates of a text: each language's words, partial dates, other calendars, what is none."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import db.edtf
from db.quantities import periods
from db.records import Block, Context
from tests.pace import is_linear


def dates(text, language="en", **context):
    found = periods.find(text, (), Context(language=language, **context))
    return [(period.text, period.date) for period in found]


def only(text, language="en", **context):
    [(_, date)] = dates(text, language, **context)
    return date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was signed on October 22, 1940.", "1940-10-22"),
        ("It was signed on 14 August 1940.", "1940-08-14"),
        ("It was signed on the 2nd of September 1897.", "1897-09-02"),
        ("Stocks in mid-1941 were low.", "1941-06~"),
        ("At the beginning of 1942 they rose.", "1942-01~"),
        ("At the end of 1939 they fell.", "1939-12~"),
        ("In the spring of 1941 we left.", "1941-21"),
        ("In the winter of 1937/38 it froze.", "1937-12/1938-02"),
        ("The output of the 1930s was small.", "193X"),
        ("In the early 1930s trade fell.", "1930/1933"),
        ("In the mid-1930s trade rose.", "1934/1936"),
        ("In the late 1930s war came.", "1937/1939"),
        ("In the thirties of the twentieth century men left.", "193X"),
        ("The 18th century ended.", "17XX"),
        ("From October 28 to December 31, 1939, arms came.", "1939-10-28/1939-12-31"),
        ("Between 1990 and 2005 it doubled.", "1990/2005"),
        ("The years 1937-1941 were hard.", "1937/1941"),
        ("The season 1937/38 was wet.", "1937/1938"),
        ("The fiscal year 1937/38 closed.", "1937/1938"),
        ("On 17-19 July 1940 they met.", "1940-07-17/1940-07-19"),
        ("In March-April 1940 they met.", "1940-03/1940-04"),
        ("In the first half of 1941 it fell.", "1941-01/1941-06"),
        ("In the third quarter of 1938 it fell.", "1938-07/1938-09"),
        ("In the first week of May 1897 it fell.", "1897-05-01/1897-05-07"),
        ("In the six months to June 1897 many died.", "1897-01/1897-06"),
        ("On Good Friday 1916 the rain began.", "1916-04-21"),
        ("At Michaelmas 1763 the rent was due.", "1763-09-29"),
        ("At the end of 1939 - beginning of 1940 it asked.", "1939-12~/1940-01~"),
    ],
)
def test_english_dates_are_read(text, date):
    assert only(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Договор подписан 13 сентября 1939 г.", "1939-09-13"),
        ("К концу 1939 года запасы выросли.", "1939-12~"),
        ("Весной 1941 года начались работы.", "1941-21"),
        ("В 30-х годах строили много.", "193X"),
        ("Это был XVIII век.", "17XX"),
        ("С октября 1937 по сентябрь 1939 г. шли поставки.", "1937-10/1939-09"),
        ("В начале 1942 г. их было мало.", "1942-01~"),
        ("В 1937–1941 гг. шла война.", "1937/1941"),
    ],
)
def test_russian_dates_are_read(text, date):
    assert only(text, "ru") == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1937年7月7日战争爆发。", "1937-07-07"),
        ("一九三八年十月完工。", "1938-10"),
        ("民国二十九年开工。", "1940"),
        ("昭和15年开工。", "1940"),
        ("光绪三十一年设立公司。", "1905"),
        ("1941年春通车。", "1941-21"),
        ("二十世纪三十年代初略有起色。", "1930/1933"),
        ("1915年至1917年续筑。", "1915/1917"),
        ("1939年底共有五十座。", "1939-12~"),
        ("1938年2月上旬遭到轰炸。", "1938-02-01/1938-02-10"),
        ("1959年第一季度停办。", "1959-01/1959-03"),
    ],
)
def test_chinese_dates_are_read(text, date):
    assert only(text, "zh") == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Am 1. September 1939 begann der Krieg.", "1939-09-01"),
        ("Anfang 1942 fehlte es an allem.", "1942-01~"),
        ("Im Frühjahr 1941 wurde gebaut.", "1941-21"),
        ("In den dreißiger Jahren stieg der Preis.", "193X"),
        ("Das 19. Jahrhundert war lang.", "18XX"),
        ("Vom 28. Oktober bis 31. Dezember 1939 kamen Waffen.", "1939-10-28/1939-12-31"),
    ],
)
def test_german_dates_are_read(text, date):
    assert only(text, "de") == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("La place capitula le 1er septembre 1939.", "1939-09-01"),
        ("Au printemps 1941 on bâtit.", "1941-21"),
        ("À la fin des années trente la guerre vint.", "1937/1939"),
        ("Le XIXe siècle fut long.", "18XX"),
        ("À la mi-juillet 1847 on moissonna.", "1847-07~"),
        ("Le 14 floréal an II la division arriva.", "1794-05-03"),
        ("Du 1er au 20 juin 1794 on tira.", "1794-06-01/1794-06-20"),
    ],
)
def test_french_dates_are_read(text, date):
    assert only(text, "fr") == date


@pytest.mark.parametrize(
    "text",
    [
        "They may march with 1300 men and 2000 rifles.",
        "See p. 1939, vol. 12, No. 1940, Article 1815.",
        "The price was £1700 and 1,300 were sold.",
        "It cost £17 10s. a head.",
        "A first-rate fall of rock killed four.",
    ],
)
def test_counts_pages_and_verbs_are_no_dates(text):
    assert dates(text) == []


@pytest.mark.parametrize(
    ("second", "date"),
    [
        ("On September 13 a paper appeared.", "1939-09-13"),
        ("Two days later it was torn up.", "1939-09-03"),
        ("A month later they paid.", "1939-10"),
        ("The following year they left.", "1940"),
        ("In September of the previous year they came.", "1938-09"),
        ("On the 17th they met.", "1939-09-17"),
        ("The next morning it rained.", "1939-09-02"),
        ("In the following spring it thawed.", "1940-21"),
        ("In January they paid.", "1940-01"),
    ],
)
def test_a_partial_date_is_completed_from_the_story(second, date):
    found = periods.find(f"The war began on September 1, 1939. {second}", (), Context("en"))
    assert found[1].date == date
    assert found[1].basis == "relative"


def test_a_look_back_does_not_move_the_story():
    text = (
        "We left on 2 September 1897 with nine men. By the 20th we had passed the mark of 1882. "
        "A storm came on 25 September."
    )
    assert dates(text)[-1] == ("25 September", "1897-09-25")


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("On 30 January 1923 they met. Two decades before, it had 9 mills.", "en", "1903"),
        ("In 1871 they counted. A trial in 1868 had failed.\n\nTen years later it grew.", "en", "1881"),
        ("Frost came on 3 September 1867. By the end of the year they left. "
         "Three months later they came back.", "en", "1868-03"),
        ("In 1868 births fell, the fewest since 1840. That autumn rye grew.", "en", "1868-23"),
        ("From 5 to 19 January 1882 it fell. The next day it shut.", "en", "1882-01-20"),
        ("It rose in 1924. In the next three years it fell.", "en", "1925/1927"),
        ("In 1929 it grew, in 1930 it shrank. It stopped in the latter year.", "en", "1930"),
        ("On a day in late April 1931, the 29th, money left.", "en", "1931-04-29"),
        ("Il tomba du 5 au 19 janvier 1882 ; le lendemain il rouvrit.", "fr", "1882-01-20"),
        ("En 1906 il baissa dès la fin du mois de mars.", "fr", "1906-03~"),
        ("En 1906 il paya jusqu'à fin avril. Le 2 mai il cessa.", "fr", "1906-05-02"),
        ("En 1924 il monta et tripla dans les trois années suivantes.", "fr", "1925/1927"),
        ("Der Konkurs kam 1932. Das Dock verfiel in den fünfziger Jahren.", "de", "195X"),
        ("Im Hungerwinter 1946/47 froren sie.", "de", "1946-12/1947-02"),
        ("Пик пришёлся на февраль 1920 года. 14-го числа привезли хлеб.", "ru", "1920-02-14"),
        ("В феврале 1920 г. хлеб был дороже, чем осенью.", "ru", "1919-23"),
        ("Линия окупалась начала в 1911 г.", "ru", "1911"),
        ("公司1936会计年度有盈余。", "zh", "1936"),
        ("It began on 3 May 1848. Half a century later it ended.", "en", "1898"),
        ("It began on 3 May 1848. A year and a half later it ended.", "en", "1849-11"),
        ("It began in 1848. In the first three years it grew.", "en", "1848/1850"),
        ("It began on 3 May 1848. By the year's end it was over.", "en", "1848-12~"),
        ("Es begann am 3. Mai 1848. Ein halbes Jahr später endete es.", "de", "1848-11"),
        ("Es begann 1848. In den ersten beiden Jahren wuchs es.", "de", "1848/1849"),
        ("La crise vint au printemps 1862. Cet hiver-là on eut faim.", "fr", "1862-24"),
        ("Le siège s'ouvrit en avril 1794. Dans la nuit du 11 au 12, on sortit.", "fr",
         "1794-04-11/1794-04-12"),
        ("On reçut 450 hommes le 2 juin 1794. À la mi-juin tout finit.", "fr", "1794-06~"),
        ("В августе 1830 года было тихо: с 1 по 15 число никто не умер.", "ru",
         "1830-08-01/1830-08-15"),
        ("Il naquit le 3 mai 1848 ; l'avant-veille on l'attendait.", "fr", "1848-05-01"),
        ("Il commença en 1848. Il grandit au cours des deux années suivantes.", "fr", "1849/1850"),
        ("Он начался в 1848 году. В следующие три года он рос.", "ru", "1849/1851"),
        ("Он начался 3 мая 1848 года. Через полгода он кончился.", "ru", "1848-11"),
        ("1848年5月3日开战。一年半后停战。", "zh", "1849-11"),
    ],
)  # fmt: skip
def test_the_last_date_of_a_story_counts_from_the_right_one(text, language, read):
    assert dates(text, language)[-1][1] == read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Es begann am 3. Mai 1848. Wenige Wochen später endete es.", "de"),
        ("Он начался 3 мая 1848 года. Несколько лет спустя он кончился.", "ru"),
        ("Il commença le 3 mai 1848. Au lendemain de la guerre il finit.", "fr"),
        ("It began on 3 May 1848. A few years later it ended.", "en"),
    ],
)
def test_a_few_weeks_later_is_no_date(text, language):
    assert len(dates(text, language)) == 1


def test_land_is_not_tomorrow():
    assert dates("Am 3. Mai 1816 traf es 1.450 Morgen Acker.", "de") == [
        ("3. Mai 1816", "1816-05-03")
    ]


@pytest.mark.parametrize(
    ("text", "language", "dates_read"),
    [
        ("Paid 10/16/2017 and 10/11/2017.", "en", ["2017-10-16", "2017-10-11"]),
        ("Paid 16/10/2017 and 10/11/2017.", "en", ["2017-10-16", "2017-11-10"]),
        ("Paid 11.10.2017 and 30.10.2017.", "en", ["2017-10-11", "2017-10-30"]),
    ],
)
def test_the_order_of_day_and_month_is_the_documents(text, language, dates_read):
    assert [date for _, date in dates(text, language)] == dates_read


def test_today_is_read_where_the_text_has_a_day_of_its_own():
    text = "The stock was counted yesterday; last month it was larger."
    assert dates(text) == []
    letter = dates(text, document_date="1943-03-14", genre="letter")
    assert [date for _, date in letter] == ["1943-03-13", "1943-02"]


def test_a_dateline_gives_a_letter_its_day():
    text = "Lisbon, March 14, 1943\n\nSir, I saw him this morning. We meet again on 1 April."
    assert [date for _, date in dates(text)] == ["1943-03-14", "1943-03-14", "1943-04-01"]


def test_dates_of_boilerplate_and_notes_are_found_but_do_not_carry_the_story():
    text = "In May 1940 it began.\n\nPosted 3 June 2017.\n\nOn September 13 it ended."
    blocks = (Block(0, 21), Block(23, 42, "boilerplate"), Block(44, len(text)))
    found = periods.find(text, blocks, Context("en"))
    assert [period.date for period in found] == ["1940-05", "2017-06-03", "1940-09-13"]


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "1939", "13", "September", "May", "the", "of", "-", "to", "and", "between", "by",
                "31", "February", "winter", "/", "1930s", "early", "following", "year", "a", "ago",
                "first", "half", "quarter", "century", ".", "\n\n", "0", "2199", "9", "an", "II",
                "floréal", "года", "в", "XVIII", "век", "年", "月", "日", "民国", "十", "次年",
                "Jahre", "später", "10/16/2017", "99.99.9999", "Easter", "last", "0001",
            ]
        ),
        max_size=30,
    ).map(" ".join),
    st.sampled_from(["en", "ru", "zh", "de", "fr", "xx", None]),
    st.sampled_from([None, "1939-09-01", "nonsense", "0001", "9999-12-31"]),
)  # fmt: skip
@settings(max_examples=250, deadline=None)
def test_no_text_makes_it_fail_and_every_period_is_a_slice_with_a_valid_date(text, language, day):
    context = Context(language, document_date=day, genre="letter")
    found = periods.find(text, (), context)
    end = 0
    for period in found:
        assert end <= period.start < period.end <= len(text)
        assert text[period.start : period.end] == period.text
        assert db.edtf.is_valid(period.date), period
        end = period.end


@pytest.mark.parametrize(
    "piece", ["1 ", "the ", "a a a 1939-", "x" * 50, "\n ", "第", "十", "1939,"]
)
def test_the_time_grows_with_the_length_of_the_text(piece):
    context = Context("zh" if piece in "第十" else "en")
    assert is_linear(lambda size: periods.find((piece * size)[:size], (), context), 12_000)


def test_a_story_that_begins_with_a_date_is_no_letter():
    text = "On March 14, 1943 the fleet sailed. Today it is forgotten. It came back in November."
    assert dates(text)[-1] == ("November", "1943-11")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "It rained on the 5th, 6th and 7th June 1846.",
            ["1846-06-05", "1846-06-06", "1846-06-07"],
        ),
        ("In the autumn and winter of 1848 it froze.", ["1848-23", "1848-24"]),
        ("In the 16th and 17th centuries it froze.", ["15XX", "16XX"]),
    ],
)
def test_what_the_last_of_a_list_says_holds_for_all(text, read):
    assert [date for _, date in dates(text)] == read


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("Dated 11 February 1731 O.S.", "en", "1731-02-22"),
        ("Dated Feb. 11, 1731/2.", "en", "1732-02-11"),
        ("Харьков, 16 (29) ноября 1905 г.", "ru", "1905-11-29"),
        ("Minguo 29 was a hard year.", "en", "1940"),
    ],
)
def test_other_calendars_become_gregorian(text, language, date):
    assert only(text, language) == date


@pytest.mark.parametrize("signs", ["一十", "廿百", "两百", "十百"])
def test_numerals_that_no_one_would_write_stop_no_text_from_being_read(signs):
    for numerals in itertools.product(signs, repeat=4):
        text = f"{''.join(numerals)}年前，到了1937年7月。"
        assert ("1937年7月", "1937-07") in dates(text, "zh")
