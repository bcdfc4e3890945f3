"""What is written on one day: communiqués, reports, telegrams and news, in five languages."""

import pytest

from db import quantities
from db.records import Context


def dates(text: str, language: str) -> dict[str, str | None]:
    found = quantities.extract(text, (), Context(language=language)).figures
    return {figure.text: figure.date for figure in found}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Communiqué of the General Staff, 14 August 1916\n\nOn the night of the 12th we took "
            "340 prisoners. Yesterday 61 guns fired. This morning four aeroplanes were seen.",
            {"340 prisoners": "1916-08-12", "61 guns": "1916-08-13", "four aeroplanes": "1916-08-14"},
        ),
        (
            "en",
            "(From our own correspondent.) PORTO ROSSO, Sept. 21, 1889. On Monday there were 61 "
            "cases, yesterday only 19 cases.",
            {"61 cases": "1889-09-16", "19 cases": "1889-09-20"},
        ),
        (
            "ru",
            "Сводка штаба фронта за 17 сентября 1942 года\n\nВчера сбито 14 самолётов. Сегодня "
            "утром два батальона перешли реку.",
            {"14 самолётов": "1942-09-16", "два батальона": "1942-09-17"},
        ),
        (
            "ru",
            "Докладная записка, Тифлис, 5 июня 1880 года\n\nНыне работают 640 человек. В прошлом "
            "месяце убито 5 рабочих.",
            {"640 человек": "1880-06-05", "5 рабочих": "1880-05"},
        ),
        (
            "de",
            "Heeresbericht vom 22. März 1917\n\nGestern wurden sieben Flugzeuge abgeschossen. Heute "
            "früh fielen zwei Soldaten.",
            {"sieben Flugzeuge": "1917-03-21", "zwei Soldaten": "1917-03-22"},
        ),
        (
            "fr",
            "Communiqué du 9 juillet 1915\n\nHier, nos avions ont jeté 42 obus. Ce matin, quatre "
            "bataillons ont progressé.",
            {"42 obus": "1915-07-08", "quatre bataillons": "1915-07-09"},
        ),
        (
            "zh",
            "第三区战报（民国三十年十月四日）\n\n昨日我机六架轰炸敌仓库。今晨两个团已抵城郊。",
            {"六架": "1941-10-03", "两个团": "1941-10-04"},
        ),
    ],
)  # fmt: skip
def test_days_count_from_the_day_it_was_written(
    language: str, text: str, expected: dict[str, str]
) -> None:
    assert dates(text, language) == expected


def test_a_history_with_a_day_in_its_title_is_nobodys_letter() -> None:
    text = "The Siege of Stavna, 14 August 1916\n\nIn 1912 the town had 900 houses."
    assert dates(text, "en") == {"900 houses": "1912"}
