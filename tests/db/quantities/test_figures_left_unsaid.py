"""Figures whose unit, scale or second date stands elsewhere in the sentence, in five languages."""

import pytest

from db import quantities
from db.records import Context

Read = tuple[float, float | None, str | None, str | None]


def read(text: str, language: str = "en") -> list[Read]:
    found = quantities.figures(text, Context(language=language))
    return [(f.value, f.value_high, f.unit, f.date) for f in found]


def units(text: str, language: str = "en") -> list[tuple[float, str | None]]:
    return [(value, unit) for value, _, unit, _ in read(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The town had grown from 136,000 people in 1825 to about 190,000 in 1865.",
         (136_000, 190_000, "person", "1825/1865")),
        ("en", "Output went up from 1.4 million tons in 1920 to 5.5 million in 1929.",
         (1.4e6, 5.5e6, "ton", "1920/1929")),
        ("en", "The crew had shrunk from 4,000 to fewer than 1,900 sailors in 1903.",
         (4000, 1900, "sailor", "1903")),
        ("de", "Sie stieg von 1,4 Millionen Tonnen 1920 auf 5,5 Millionen im Jahre 1929.",
         (1.4e6, 5.5e6, "tonne", "1920/1929")),
        ("fr", "Elle passa de 1,4 million de tonnes en 1920 à 5,5 millions en 1929.",
         (1.4e6, 5.5e6, "tonne", "1920/1929")),
        ("ru", "Добыча выросла с 1,4 млн тонн в 1920 году до 5,5 млн тонн в 1929 году.",
         (1.4e6, 5.5e6, "tonne", "1920/1929")),
    ],
)  # fmt: skip
def test_from_one_year_to_another_is_one_figure_of_both(
    language: str, text: str, expected: Read
) -> None:
    assert read(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Oil fell from $1.19 to 65 cents a barrel.", 1.19, 0.65, "USD"),
        ("Rent rose from 5s. to 9s. a week.", 5 / 20, 9 / 20, "GBP"),
        ("Tolls were cut from 1½d. to ¾d. per ton.", 1.5 / 240, 0.75 / 240, "GBP"),
    ],
)
def test_the_two_ends_may_be_of_two_coins(text: str, low: float, high: float, unit: str) -> None:
    [(value, value_high, found, _)] = read(text)
    assert (round(value, 9), round(value_high or 0, 9), found) == (
        round(low, 9), round(high, 9), unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They put up 100, 30 and 22.5 million schillings.",
         [(1e8, "ATS"), (3e7, "ATS"), (2.25e7, "ATS")]),
        ("en", "The loss was not 25 but at least 140 million roubles.", [(2.5e7, "RUB"), (1.4e8, "RUB")]),
        ("de", "Es waren nicht 25, sondern mindestens 140 Millionen Mark.",
         [(2.5e7, "mark"), (1.4e8, "mark")]),
        ("ru", "Англия взяла 412 тысяч тонн, Турция — 190.", [(412_000, "tonne"), (190_000, "tonne")]),
        ("de", "Kohle machte 41, Getreide 17 Prozent aus.", [(41, "percent"), (17, "percent")]),
        ("en", "The number of destroyers grew to ten, that of submarines to 3.",
         [(10, "destroyer"), (3, "submarine")]),
        ("en", "The parish granaries, 214 in number, were empty.", [(214, "granary")]),
        ("fr", "Les boulangeries, au nombre de 212, fermèrent.", [(212, "bakery")]),
        ("de", "Die Zahl der Lokomotiven stieg auf 142.", [(142, "locomotive")]),
        ("de", "Die Schülerzahl betrug 142.", [(142, "pupil")]),
        ("de", "Die Schulden beliefen sich auf 2,3 Milliarden.", [(2.3e9, "mark")]),
        ("de", "Sie arbeiteten für 2 Mark 25.", [(2.25, "mark")]),
        ("de", "Drei von vier Senatoren enthielten sich.", [(0.75, "fraction")]),
        ("ru", "Матрос получал 18 рублей в месяц, капитан — до 150.", [(18, "RUB"), (150, "RUB")]),
        ("ru", "Погибло 26 человек, ещё сорок получили ожоги.", [(26, "person"), (40, "person")]),
        ("ru", "Всего истрачено 46,1 млн, или в 2,6 раза больше.", [(46.1e6, "RUB"), (2.6, "times")]),
        ("fr", "Rachetée en 1926 pour 4,5 millions, elle ferma.", [(4.5e6, "FRF")]),
        ("de", "Sie bekamen für zwölf Stunden 1 Mark 40 bezahlt.", [(12, "hour"), (1.4, "mark")]),
        ("fr", "Il avait demandé 3 000 hommes, il n'en reçut que 450.", [(3000, "man"), (450, "man")]),
        ("zh", "洪洞一县死者十五万余人，每日就食者二十余万，斗米值钱两千文。",
         [(150_000, "person"), (200_000, "person"), (2000, "cash")]),
        ("de", "Dort wurden 410 Eingriffe vorgenommen.", [(410, "operation")]),
        ("ru", "Дефицит достиг 18 млн, или 12 % бюджета.", [(18e6, "RUB"), (12, "percent")]),
        ("ru", "Линия длиной 64 версты обошлась в 11,5 млн.", [(64, "verst"), (11.5e6, "RUB")]),
        ("fr", "Le loyer montait à 120 livres tournois par an.", [(120, "livre")]),
        ("fr", "La population s'accrut de 4 545 en dix ans.", [(4545, "person"), (10, "year")]),
        ("zh", "气温降至零下17度。", [(-17, "degree")]),
        ("de", "Der Zuschuß stieg von 7000 auf 9000 M.", [(7000, "mark")]),
        ("fr", "Il paya 145.000 francs, dont 45.000 comptant.", [(145_000, "FRF"), (45_000, "FRF")]),
        ("fr", "Au bout de cinquante-cinq jours de grève, ils revinrent.", [(55, "day")]),
        ("de", "Es liefen 46 Schiffe mit 38.000 Tonnen vom Stapel, davon 29 für Fremde.",
         [(46, "ship"), (38_000, "tonne"), (29, "ship")]),
        ("en", "It cost 74,000 rupees, or three cents a head.", [(74_000, "INR"), (0.03, "INR")]),
        ("en", "They paid 5,000 schillings; the others got 42 groschen.",
         [(5000, "ATS"), (0.42, "ATS")]),
        ("en", "By the summer of 1796 £84,000 was spent.", [(84_000, "GBP")]),
        ("en", "By midsummer 1796 £84,000 was spent.", [(84_000, "GBP")]),
        ("en", "One Frenchman in five was illiterate.", [(0.2, "fraction")]),
        ("en", "It was about a twelfth of the total.", [(1 / 12, "fraction")]),
        ("en", "More than half was due to them.", [(0.5, "fraction")]),
        ("en", "The price was about a sixth higher than that.", [(1 / 6, "fraction")]),
        ("en", "A line a mile and a half long came.", [(1.5, "mile")]),
        ("en", "Wages were 19 milreis a month.", [(19, "milreis")]),
        ("en", "They shot 12 oxen and 3 geese.", [(12, "ox"), (3, "goose")]),
        ("fr", "Un emprunt de 600 000 francs à 5 % fut voté.", [(600_000, "FRF"), (5, "percent")]),
        ("fr", "On trouva 10 000 livres sterling.", [(10_000, "GBP")]),
        ("fr", "Ils perdirent 12 chars d'assaut.", [(12, "tank")]),
        ("fr", "Ils perdirent 5 sous-marins.", [(5, "submarine")]),
        ("en", "One man in four and one woman in forty could read.",
         [(0.25, "fraction"), (0.025, "fraction")]),
        ("de", "Der Umsatz betrug 96,3 Millionen Mark, der Gewinn 11,8, die Dividende 18 Prozent.",
         [(96.3e6, "mark"), (11.8e6, "mark"), (18, "percent")]),
        ("de", "Das Brot kostete 5 Pfennig, 20 von 30 Pfennig waren fort.",
         [(0.05, "mark"), (0.2, "mark"), (0.3, "mark")]),
        ("ru", "На это отпустили 85 млн рублей, из которых дошло 52.", [(85e6, "RUB"), (52e6, "RUB")]),
        ("ru", "Цена упала с 9 копеек до половины копейки.", [(0.09, "RUB")]),
        ("zh", "银行垫款250万元；其中中国银行100万，其余五家各22万。",
         [(2.5e6, "CNY"), (1e6, "CNY"), (5, "bank"), (220_000, "CNY")]),
        ("zh", "客运分别是31万和38万人次。", [(310_000, "person"), (380_000, "person")]),
        ("zh", "次年总人口增加到七亿二千三百万。", [(723e6, "person")]),
        ("zh", "山东人74.2万，河北省和河南省分别为17.6万和11.6万。",
         [(742_000, "person"), (176_000, "person"), (116_000, "person")]),
        ("zh", "发电量303万千瓦，仅为所需的1/6，不到平时的十分之一。",
         [(3.03e6, "kilowatt"), (1 / 6, "fraction"), (0.1, "fraction")]),
        ("zh", "农田占全数百分之四十八，利率六厘。", [(48, "percent"), (6, "percent")]),
        ("zh", "十二名工人罢工，被判五年六个月。", [(12, "worker"), (5.5, "year")]),
    ],
)  # fmt: skip
def test_what_is_left_unsaid_is_taken_from_the_sentence(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    assert units(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A third battleship was sold to Turkey."),
        ("en", "He told one story many times."),
        ("en", "She had one daughter and one son."),
        ("en", "It was the sixth of the series, and Lock 17 was never repaired."),
        ("en", "Members of Local 38 were absent."),
        ("de", "Die Akten liegen in Büschel 17, das Werk rangierte auf Platz 25."),
        ("de", "Am 13. und 19. August fanden Feste statt."),
        ("fr", "Il arriva le 9 août 1870 ; tout fut fini le 16. On partit."),
        ("zh", "三千吨级的新船下水，全城空无一人。"),
    ],
)
def test_ordinals_labels_and_lone_ones_are_no_figures(language: str, text: str) -> None:
    assert units(text, language) == []


def test_a_russian_verb_of_change_leads_to_its_number_and_does_not_bound_it() -> None:
    [rate] = quantities.figures("Ставка поднялась до 4½ процента.", Context(language="ru"))
    assert rate.approx == "exact"
    [most] = quantities.figures("Разрешалось брать до 40 пудов.", Context(language="ru"))
    assert most.approx == "up_to"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "She carried: officers, 12; ratings, 140; boys, 9.",
         [(12, "officer"), (140, "rating"), (9, "boy")]),
        ("en", "The crew was made up of officers 12, seamen 140 and marines 35.",
         [(12, "officer"), (140, "seaman"), (35, "marine")]),
        ("en", "Losses: killed, 12; missing, 3; guns captured, 18.",
         [(12, "person"), (3, "person"), (18, "gun")]),
        ("de", "An Bord waren: Offiziere, 12; Matrosen, 140.", [(12, "officer"), (140, "sailor")]),
        ("fr", "À bord : officiers, 12 ; matelots, 140.", [(12, "officer"), (140, "sailor")]),
        ("ru", "На борту: офицеры, 12; матросы, 140.", [(12, "officer"), (140, "sailor")]),
    ],
)  # fmt: skip
def test_a_roster_puts_each_number_behind_what_it_counts(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    assert units(text, language) == expected


def test_pages_and_articles_in_a_row_are_no_roster() -> None:
    assert units("See pages 12, 14; volumes 3, 5; Articles 9, 10; Tables 4, 6.") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Of 60 wagons 14 held nine tons; the remaining 46 hold only seven and a half."),
        ("de", "Von 60 Wagen trugen 14 neun Tonnen, die übrigen 46 nur siebeneinhalb."),
        ("ru", "Из 60 вагонов 14 брали по девять тонн, остальные 46 только семь с половиной."),
        ("fr", "Des 60 wagons, 14 portaient neuf tonnes, les autres 46 seulement sept et demie."),
    ],
)
def test_what_remains_is_counted_and_a_half_is_weighed(language: str, text: str) -> None:
    ton = "ton" if language == "en" else "tonne"
    assert units(text, language) == [
        (60, "wagon"), (14, "wagon"), (9, ton), (46, "wagon"), (7.5, ton),
    ]  # fmt: skip


def test_a_hundred_needs_no_article_before_its_rest() -> None:
    assert units(
        "The chief had hundred and eighty rifles and the hundred men he had sworn in."
    ) == [(180, "rifle")]


def test_what_is_more_is_more_of_what_was_counted_last() -> None:
    assert units("The hospital had 80 beds. A month later 220 more were added.") == [
        (80, "bed"), (220, "bed"),
    ]  # fmt: skip
    found = units("The bank lent 25 million dollars. Later it lent 10 million more.")
    assert found == [(25e6, "USD"), (10e6, "USD")]


def test_an_age_is_no_number_of_people() -> None:
    assert (19, "person") not in units("He enlisted at nineteen and served for three years.")


def test_a_thousand_alone_gives_no_thousands_to_what_follows() -> None:
    assert units("A thousand people a day died; in October the toll fell to 20.")[-1][0] == 20


def test_what_a_people_is_is_what_the_sentence_begins_with() -> None:
    assert units("Of 612 ships that entered in 1903, 200 were British.") == [
        (612, "ship"), (200, "ship"),
    ]  # fmt: skip


def test_millions_behind_a_sum_are_of_its_money() -> None:
    text = "Die Anleihe betrug 12 Millionen Mark. Bis zum Kriegsausbruch waren 9 Millionen getilgt."
    assert units(text, "de") == [(12e6, "mark"), (9e6, "mark")]


def test_a_colon_behind_a_sum_gives_its_unit_to_the_parts() -> None:
    text = "The fund spent 48,200 francs: 21,000 on flour, 15,200 on coal and 12,000 on blankets."
    assert {unit for _, unit in units(text)} == {"FRF"}
    text = "The pits gave 8.2 million tonnes: 5.1 million to the mills, 3.1 million to the railway."
    assert units(text) == [(8.2e6, "tonne"), (5.1e6, "tonne"), (3.1e6, "tonne")]


def test_between_our_hands_is_no_range() -> None:
    text = "L'ennemi laissa entre nos mains 120 prisonniers et deux canons."
    assert units(text, "fr") == [(120, "prisoner"), (2, "gun")]


def test_a_thousand_with_its_article_lends_no_thousands() -> None:
    text = "The mill ground a thousand sacks a day; in October 20."
    assert units(text) == [(1000, "sack"), (20, "sack")]


def test_what_was_denied_ends_with_its_clause() -> None:
    (figure,) = quantities.figures(
        "He denied it; they had sent 300 aircraft.", Context(language="en")
    )
    assert figure.modality == "delivered"


def test_what_was_begun_in_a_month_was_begun_in_one_that_is_over() -> None:
    text = (
        "In 1878 it had nine looms. In September 1878 it was opened. "
        "The weir, begun in January, cost 300 pounds."
    )
    assert read(text) == [(9, None, "loom", "1878"), (300, None, "GBP", "1878-01")]
