"""What the grammar reads in Russian, Chinese, German and French prose."""

import pytest

from db import quantities
from db.records import Context


@pytest.mark.parametrize(
    ("language", "text", "value", "high", "unit"),
    [
        ("ru", "В полку было 40 самолётов.", 40, None, "aircraft"),
        ("ru", "Собрали двадцать пять тысяч пудов хлеба.", 25_000, None, "pood"),
        ("ru", "Отпущено 23,4 млн руб. на дороги.", 23.4e6, None, "RUB"),
        ("ru", "Уплачено 1 р. 45 к. за овёс.", 1.45, None, "RUB"),
        ("ru", "Ехали двадцать шесть вёрст.", 26, None, "verst"),
        ("ru", "Стоял мороз, было 18 градусов мороза.", -18, None, "degree"),
        ("ru", "Потеряли от 30 до 35 танков.", 30, 35, "tank"),
        ("ru", "Прошло тысяч пятнадцать жителей.", 15_000, None, "inhabitant"),
        ("ru", "Выпуск вырос в полтора раза.", 1.5, None, "times"),
        ("zh", "敌机二十七架来袭。", 27, None, "aircraft"),
        ("zh", "雇工三千二百人。", 3200, None, "person"),
        ("zh", "全县二十五万人。", 250_000, None, "person"),
        ("zh", "借款1.2亿美元。", 1.2e8, None, "USD"),
        ("zh", "工钱三元五角。", 3.5, None, "CNY"),
        ("zh", "约占百分之二十五。", 25, None, "percent"),
        ("zh", "实收四百万两。", 4e6, None, "tael"),
        ("zh", "出铁4至6吨。", 4, 6, "tonne"),
        ("zh", "来了八九千人。", 8000, 9000, "person"),
        ("de", "Es kamen fünfundzwanzigtausend Mann.", 25_000, None, "man"),
        ("de", "Sie verloren 40 Jagdflugzeuge.", 40, None, "fighter"),
        ("de", "Der Schaden betrug 1¼ Mill. Mark.", 1.25e6, None, "mark"),
        ("de", "Die Ausfuhr sank von 2.950 auf 1.740 Zentner.", 2950, 1740, "zentner"),
        ("de", "Es waren anderthalb Stunden.", 1.5, None, "hour"),
        ("de", "Man zählte zwei Drittel der Stimmen.", 2 / 3, None, "fraction"),
        ("fr", "Ils perdirent quatre-vingt-dix canons.", 90, None, "gun"),
        ("fr", "dix-huit cents hommes partirent", 1800, None, "man"),
        ("fr", "une dépense de 3 fr. 75 fut admise", 3.75, None, "FRF"),
        ("fr", "de 20 à 35 francs", 20, 35, "FRF"),
        ("fr", "Ils firent quatre lieues et demie.", 4.5, None, "league"),
    ],
)
def test_figures_are_read_with_english_units(
    language: str, text: str, value: float, high: float | None, unit: str
) -> None:
    found = quantities.figures(text, Context(language=language))
    expected = None if high is None else pytest.approx(high)
    assert [(one.value, one.value_high, one.unit) for one in found] == [
        (pytest.approx(value), expected, unit)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "См. стр. 48 и табл. 3; дом № 7."),
        ("zh", "此为第一条，万一不成，十分可惜。"),
        ("zh", "参见第三卷第4期，第17页。"),
        ("de", "Vgl. S. 212, Anm. 4 und Nr. 7."),
        ("fr", "Voir p. 58, t. 3 et le n° 9."),
    ],
)
def test_references_and_idioms_are_no_figures(language: str, text: str) -> None:
    assert quantities.figures(text, Context(language=language)) == []


def test_the_decimal_comma_follows_the_language() -> None:
    (german,) = quantities.figures("Es kostete 1.300,50 Mark.", Context(language="de"))
    (english,) = quantities.figures("It cost $1,300.50.", Context(language="en"))
    assert german.value == english.value == 1300.5


@pytest.mark.parametrize("text", ["五百名难民到达。", "500名难民到达。"])
def test_a_number_that_opens_a_chinese_passage_is_read(text: str) -> None:
    (figure,) = quantities.figures(text, Context(language="zh"))
    assert (figure.start, figure.value) == (0, 500.0)


@pytest.mark.parametrize("text", ["Из 20 частей осталось 5.", "В 12 центрах открыли 40 школ."])
def test_russian_units_do_not_swallow_words_that_begin_alike(text: str) -> None:
    units = [figure.unit for figure in quantities.figures(text, Context(language="ru"))]
    assert not {"hour", "USD"} & set(units)
