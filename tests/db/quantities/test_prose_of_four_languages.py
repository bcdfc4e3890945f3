"""What Russian, Chinese, German and French prose says of figures and dates in its own ways."""

import pytest

import db.quantities
from db.records import Context, Extraction

# language, text, the figures that must be among those found: words, value, the other end, unit, date
FIGURES = [
    ("ru", "Пуд стоил рубль с четвертью, за полпуда дали шесть с полтиной.",
     [("рубль с четвертью", 1.25, None, "RUB", None), ("полпуда", 0.5, None, "pood", None),
      ("шесть с полтиной", 6.5, None, "RUB", None)]),
    ("ru", "Нас было четверо; лошадей тысячи полторы.",
     [("четверо", 4, None, "person", None), ("лошадей тысячи полторы", 1500, None, "horse", None)]),
    ("ru", "Убыло не более пятой части состава.",
     [("пятой части", 0.2, None, "fraction", None)]),
    ("ru", "С января по март 1920 года отправлено 18 эшелонов, за следующие два месяца — 31.",
     [("два месяца", 2, None, "month", "1920-04/1920-05")]),
    ("de", "Der Weg betrug drei deutsche Meilen; einige sechzig Hütten standen dort.",
     [("drei deutsche Meilen", 3, None, "mile", None), ("sechzig Hütten", 60, None, "hut", None)]),
    ("de", "Von den Trägern starb der fünfte Teil, neun von zehn erkrankten.",
     [("fünfte Teil", 0.2, None, "fraction", None), ("neun von zehn", 0.9, None, "fraction", None)]),
    ("fr", "Un mendiant sur dix habitants reçut une bonne centaine de francs.",
     [("Un mendiant sur dix", 0.1, None, "fraction", None),
      ("une bonne centaine de francs", 100, None, "FRF", None)]),
    ("fr", "La ligne avait 7 kilomètres 400 et coûta une douzaine de mille francs.",
     [("7 kilomètres 400", 7.4, None, "kilometre", None),
      ("une douzaine de mille francs", 12000, None, "FRF", None)]),
    ("fr", "La crue de 1856, au mois de juin, noya 12 chevaux ; dans l'année, 40 chevaux périrent.",
     [("40 chevaux", 40, None, "horse", "1856")]),
    ("zh", "每亩加征三厘五毫，折银五钱，两年间由百分之十增至百分之十三。",
     [("三厘五毫", 0.0035, None, "tael", None), ("五钱", 0.5, None, "tael", None)]),
    ("zh", "全县有小学二百一十七所，次年增至三百五十所。",
     [("三百五十所", 350, None, "school", None)]),
    ("zh", "损失三成至四成，物价涨10%—15%。",
     [("三成至四成", 30, 40, "percent", None), ("10%—15%", 10, 15, "percent", None)]),
]  # fmt: skip
# language, text, words of a date, its meaning
DATES = [
    ("ru", "В 1905 году бастовали. Годом ранее было тихо, годом позже снова.", "годом позже", "1906"),
    ("ru", "Война началась в 1941 году. В сорок четвёртом я был ранен.", "сорок четвёртом", "1944"),
    ("ru", "К концу 1918 г. стало хуже. В октябре того же года пришёл мор.", "октябре того же года",
     "1918-10"),
    ("zh", "嘉靖初年，册上只剩不足六万户。", "嘉靖初年", "1522~"),
    ("zh", "一九四二年元旦，授旗一面。", "一九四二年元旦", "1942-01-01"),
    ("zh", "1919年获利甚丰，此后三年又添布机五百台。", "此后三年", "1919/1922"),
    ("de", "Das Werk stand 1834 still. Zwei Jahrzehnte darauf lief es wieder.",
     "Zwei Jahrzehnte darauf", "1854"),
    ("de", "Im 19. Jahrhundert wuchs die Stadt, am Ende des Jahrhunderts kam die Bahn.",
     "Ende des Jahrhunderts", "189X~"),
    ("fr", "Fixée en 1694, la taille était, vingt ans plus tard, retombée.", "vingt ans plus tard",
     "1714"),
    ("fr", "Le 18 septembre 1914 fut calme. Le surlendemain, on attaqua.", "Le surlendemain",
     "1914-09-20"),
    ("fr", "La fosse ouvrit en 1846. En janvier de l'année suivante, elle brûla.",
     "janvier de l'année suivante", "1847-01"),
]  # fmt: skip


def _extracted(text: str, language: str) -> Extraction:
    return db.quantities.extract(text, (), Context(language=language))


@pytest.mark.parametrize(("language", "text", "wanted"), FIGURES)
def test_figures_are_read_as_the_language_says_them(
    language: str, text: str, wanted: list[tuple[str, float, float | None, str, str | None]]
) -> None:
    found = {figure.text: figure for figure in _extracted(text, language).figures}
    for words, value, high, unit, date in wanted:
        assert words in found, sorted(found)
        figure = found[words]
        assert figure.value == pytest.approx(value)
        assert figure.value_high == (None if high is None else pytest.approx(high))
        assert figure.unit == unit
        assert date is None or figure.date == date


@pytest.mark.parametrize(("language", "text", "words", "date"), DATES)
def test_dates_that_count_from_others_are_resolved(
    language: str, text: str, words: str, date: str
) -> None:
    found = {period.text: period.date for period in _extracted(text, language).periods}
    assert found.get(words) == date, found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Denkmal steht vor dem 3. Tor, der Zug geht um 6.40 Uhr."),
        ("ru", "Дождь шёл 3 апреля."),
        ("ru", "Тридцать второй полк отошёл."),
    ],
)
def test_days_ranks_and_hours_are_no_figures(language: str, text: str) -> None:
    assert [figure.text for figure in _extracted(text, language).figures] == []
