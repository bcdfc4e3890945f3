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
        ("en", "Communiqué of the General Staff, 14 August 1916\n\nOn the night of the 12th we took "
         "340 prisoners. Yesterday 61 guns fired. This morning four aeroplanes were seen.",
         {"340 prisoners": "1916-08-12", "61 guns": "1916-08-13", "four aeroplanes": "1916-08-14"}),
        ("en", "(From our own correspondent.) PORTO ROSSO, Sept. 21, 1889. On Monday there were 61 "
         "cases, yesterday only 19 cases.",
         {"61 cases": "1889-09-16", "19 cases": "1889-09-20"}),
        ("ru", "Сводка штаба фронта за 17 сентября 1942 года\n\nВчера сбито 14 самолётов. Сегодня "
         "утром два батальона перешли реку.",
         {"14 самолётов": "1942-09-16", "два батальона": "1942-09-17"}),
        ("ru", "Докладная записка, Тифлис, 5 июня 1880 года\n\nНыне работают 640 человек. В прошлом "
         "месяце убито 5 рабочих.",
         {"640 человек": "1880-06-05", "5 рабочих": "1880-05"}),
        ("de", "Heeresbericht vom 22. März 1917\n\nGestern wurden sieben Flugzeuge abgeschossen. Heute "
         "früh fielen zwei Soldaten.",
         {"sieben Flugzeuge": "1917-03-21", "zwei Soldaten": "1917-03-22"}),
        ("fr", "Communiqué du 9 juillet 1915\n\nHier, nos avions ont jeté 42 obus. Ce matin, quatre "
         "bataillons ont progressé.",
         {"42 obus": "1915-07-08", "quatre bataillons": "1915-07-09"}),
        ("zh", "第三区战报（民国三十年十月四日）\n\n昨日我机六架轰炸敌仓库。今晨两个团已抵城郊。",
         {"六架": "1941-10-03", "两个团": "1941-10-04"}),
        ("en", "Tuesday, 9 May 1843. Wind fresh; ran 188 miles. Wednesday, 10th. Spoke the brig Dart "
         "with 300 pipes of wine. Friday, 12th. At daylight two whales; lowered three boats.",
         {"188 miles": "1843-05-09", "300 pipes": "1843-05-10",
          "two whales": "1843-05-12", "three boats": "1843-05-12"}),
        ("en", "1788. Jan. 4. To Thos. Page, 60 bushels of oats. Feb. 2. Paid the ringers 10s. 6d. "
         "11th. Sold at the fair nine wethers.",
         {"60 bushels": "1788-01-04", "10s. 6d.": "1788-02-02", "nine wethers": "1788-02-11"}),
    ],
)  # fmt: skip
def test_days_count_from_the_day_it_was_written_or_of_the_entry(
    language: str, text: str, expected: dict[str, str]
) -> None:
    assert dates(text, language) == expected


def test_a_history_with_a_day_in_its_title_is_nobodys_letter() -> None:
    text = "The Siege of Stavna, 14 August 1916\n\nIn 1912 the town had 900 houses."
    assert dates(text, "en") == {"900 houses": "1912"}


def test_sixpence_is_no_sixth_day() -> None:
    assert dates("In 1788 he paid 10s. 6d. February was wet.", "en") == {"10s. 6d.": "1788"}


@pytest.mark.parametrize(
    ("language", "text", "figure", "date"),
    [
        ("en", "In May 1912 war came. In the first half of the month we took 48 guns.",
         "48 guns", "1912-05-01/1912-05-15"),
        ("ru", "В мае 1912 года началась война. За первую половину месяца взято 48 орудий.",
         "48 орудий", "1912-05-01/1912-05-15"),
        ("fr", "En mai 1912 vint la guerre. La seconde moitié du mois donna 48 canons.",
         "48 canons", "1912-05-16/1912-05-31"),
        ("de", "Im Jahre 1887 kam Not. In den ersten neun Monaten des Jahres kamen 20 Schiffe.",
         "20 Schiffe", "1887-01/1887-09"),
        ("fr", "En 1887, ce fut la disette. Les neuf premiers mois de l'année donnèrent 20 navires.",
         "20 navires", "1887-01/1887-09"),
        ("zh", "1910年有学校四十所。前九个月到船二十艘。", "二十艘", "1910-01/1910-09"),
        ("de", "Im März 1917 war Ruhe. Seit Monatsbeginn gingen 41 Flugzeuge verloren.",
         "41 Flugzeuge", "1917-03/.."),
        ("ru", "Зимой 1919/20 года мы голодали. В марте отец получил три пуда муки.",
         "три пуда", "1920-03"),
        ("fr", "Rapport du préfet, Nevers, le 9 juillet 1915\n\nDans la nuit du 7 au 8, on prit 6 canons.",
         "6 canons", "1915-07-07/1915-07-08"),
        ("fr", "Dépêche, Nevers, le 11 mai 1902\n\nOn attend lundi cent gendarmes.",
         "cent gendarmes", "1902-05-12"),
        ("de", "Bei der Zählung von 1895 waren es 46.212 Einwohner, bei der von 1900 51.870.",
         "51.870", "1900"),
        ("de", "Es waren 1895 46.212 Einwohner, 1900 51.870. Der Zuwachs beträgt 12,2 Prozent.",
         "12,2 Prozent", "1895/1900"),
        ("en", "It had 9 mills in 1880 and 12 in 1890. The increase amounts to 33 per cent.",
         "33 per cent", "1880/1890"),
        ("en", "He hoped to sail before May. In 1939 they had lent 12 boats.", "12 boats", "1939"),
        ("zh", "民国十七年有居民三万人，二十五年增至四万人，八年间计增一万人。", "四万人", "1936"),
        ("zh", "民国十七年有居民三万人，三年后增至四万人。", "四万人", "1931"),
        ("zh", "1933年产棉八万担。1930年曾达九万担。全省工人二万人。", "二万人", "1933"),
        ("zh", "重庆来电，1943年5月18日\n\n三月份运到二千吨。下月起每月需汽油九万加仑。",
         "九万加仑", "1943-06/.."),
        ("zh", "第三区战报（民国三十年十月四日）\n\n自九月中旬以来，我军毙敌三千人。",
         "三千人", "1941-09-11/.."),
        ("zh", "一九三七年春有工人三百人。二十七年夏迁川，工人仅四百人。", "四百人", "1938-22"),
        ("zh", "1931年夏江水泛滥。灾后两年，人口减至二十四万人。", "二十四万人", "1931/1933"),
        ("zh", "1978年有厂12家，到1985年才有340人。", "340人", "1985"),
        ("zh", "上海通讯，民国二十二年三月五日\n\n上月下旬，纱价每包二百元。客岁输入棉花八十万担。",
         "八十万担", "1932"),
        ("zh", "本报电，民国二十二年三月五日\n\n昨日无事。上月下旬，纱价每包二百元。",
         "二百元", "1933-02-21/1933-02-28"),
        ("zh", "1938年10月2日敌渡河。又过十天，俘敌九人。", "九人", "1938-10-12"),
        ("zh", "1924年，医院收治病人3 200人。", "3 200人", "1924"),
        ("en", "Between 1801 and 1851 it had 5,800 people. In the next decade 400 people left.",
         "400 people", "1851/1861"),
        ("en", "The census of 1871 counted 6,020 people. Thirty years on it had 8,400 people.",
         "8,400 people", "1901"),
        ("en", "The bridge was begun in 1883. It took seven years to build and cost the lives of 57 men.",
         "57 men", "1883/1890"),
        ("en", "In 1788 he sailed. A second fleet, carrying 1,006 convicts, came in June 1790; it rained.",
         "1,006 convicts", "1790-06"),
        ("ru", "К 1922 году осталось 240 больниц, но уже через три года стало 310 больниц.",
         "310 больниц", "1925"),
        ("en", "The census of 2 April 1911 gave 36 million people, an increase of 10.9 per cent over 1901.",
         "10.9 per cent", "1911-04-02"),
        ("en", "Dear Anna,\n\nWe have landed. There are four ships in the road, and I pay 30 dollars.\n\n"
         "Your brother. Valparaiso, 8 April 1849.", "four ships", "1849-04-08"),
        ("en", "In 1915 the house was burnt, and for four years 70 pupils were taught in a barn.",
         "70 pupils", "1915/1919"),
        ("ru", "По переписи 1897 года жило 184 тыс. душ; в 1885 году — 161 тыс. За двенадцать лет число "
         "увеличилось на 14 процентов.", "14 процентов", "1885/1897"),
        ("en", "It was not until 1885 that deposits reached two million pounds.",
         "two million pounds", "1885"),
        ("en", "Of those born in the seventies 164 children died; by 1906 only nine boys.",
         "164 children", "187X"),
        ("en", "On 1 May 1889 it came. From 30 July until 20 September 1,806 persons fell ill.",
         "1,806 persons", "1889-07-30/1889-09-20"),
        ("en", "On 3 May 1879 it crossed the river with six guns. Two days later it was attacked. "
         "The fight lasted four hours; 38 men fell.", "38 men", "1879-05-05"),
    ],
)  # fmt: skip
def test_dates_that_only_their_company_makes_whole(
    language: str, text: str, figure: str, date: str
) -> None:
    assert dates(text, language)[figure] == date
