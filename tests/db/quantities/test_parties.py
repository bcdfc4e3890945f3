"""Who gave, who got, and what a Chinese clause says of its figure."""

import pytest

from db import quantities
from db.records import Context, Figure


def figure(text: str, language: str) -> Figure:
    [found] = quantities.figures(text, Context(language=language))
    return found


@pytest.mark.parametrize(
    ("language", "text", "giver", "receiver"),
    [
        ("en", "Britain lent China 5 million pounds.", "Britain", "China"),
        ("de", "Preußen lieferte Frankreich 40 Kanonen.", "Preußen", "Frankreich"),
        ("de", "Die Bank von England lieh der Regierung 4 Millionen Mark.",
         "Bank von England", "Regierung"),
        ("de", "Die Werft erhielt von der Marine 3 Millionen Mark.", "Marine", "Werft"),
        ("fr", "L'Angleterre prêta à la Russie 5 millions de francs.", "Angleterre", "Russie"),
        ("fr", "La Banque de France avança 80 millions de francs.", "Banque de France", None),
        ("ru", "Англия поставила России 40 орудий.", "Англия", "России"),
        ("ru", "Завод получил от Казны 5 тыс. рублей.", "Казны", "Завод"),
        ("zh", "1939年英国向中国提供贷款500万英镑。", "英国", "中国"),
        ("zh", "政府拨给该厂30万元。", "政府", "该厂"),
        ("zh", "铁路局从中央银行借得200万元。", "中央银行", "铁路局"),
    ],
)  # fmt: skip
def test_the_parties_are_read_where_the_clause_names_them(
    language: str, text: str, giver: str | None, receiver: str | None
) -> None:
    found = figure(text, language)
    assert (found.giver, found.receiver) == (giver, receiver)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Im Mai starben 40 Menschen."),
        ("fr", "Au mois de mai, 40 hommes moururent."),
        ("ru", "В мае умерло 40 человек."),
        ("zh", "五月死亡40人。"),
    ],
)
def test_nobody_is_named_who_neither_gives_nor_gets(language: str, text: str) -> None:
    found = figure(text, language)
    assert (found.giver, found.receiver) == (None, None)


def test_a_chinese_clause_says_what_is_planned_what_there_is_and_what_comes_in() -> None:
    planned = figure("该厂计划年产钢4万吨。", "zh")
    assert (planned.modality, planned.nature) == ("planned", "flow")
    assert figure("该厂现有工人3200人。", "zh").nature == "stock"
    assert figure("据估计死亡3200人。", "zh").modality == "estimated"
    assert figure("各厂合计3200人。", "zh").nature == "cumulative"
