"""Agreement is counted by origins, not by how often a figure was copied."""

import pytest

from db import figures, independence, ingest


@pytest.fixture
def take_in(archive, tmp_path, home):
    def take(*texts):
        paths = []
        for at, text in enumerate(texts):
            paths.append(tmp_path / f"text{at}.txt")
            paths[-1].write_text(text + "\n", encoding="utf-8")
        ingest.add(archive, paths)
        return [each.id for each in figures.all(archive) if each.figure.value > 100]

    return lambda *texts: independence.origins(archive, take(*texts))


def test_two_writers_with_words_of_their_own_are_two_origins(take_in):
    found = take_in(
        "The survey of the eastern coalfield counted 4,310 miners below ground that winter.",
        "We were told at the pithead that 4,310 men had gone down in January alone.",
    )
    assert [len(origin.figure_ids) for origin in found] == [1, 1]


def test_a_copy_is_no_second_origin(take_in):
    first = "The survey of the eastern coalfield counted 4,310 miners below ground that winter"
    found = take_in(f"{first}.", f"{first}, as everybody in the valley knows.")
    assert [origin.reasons for origin in found] == [("shared wording",)]


def test_figures_of_one_named_authority_are_one_origin(take_in):
    found = take_in(
        "According to the Orlen customs office, 2,400 bales crossed the bridge.",
        "No fewer than 2,400 bales passed, according to the Orlen Customs Office.",
    )
    assert [(origin.name, len(origin.source_ids)) for origin in found] == [
        ("Orlen customs office", 2)
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("According to data of the Selm harbour board, 40 ships came.", "Selm harbour board"),
        ("По данным министерства торговли, ввезено 300 тонн.", "министерства торговли"),
        ("Selon la chambre de commerce, 300 tonnes furent vendues.", "chambre de commerce"),
        ("Laut Handelskammer, 300 Tonnen", "Handelskammer"),
        ("据海关统计，进口300吨。", "海关"),
        ("According to the plan, 300 houses were to be built.", None),
        ("In 1931 40 ships came.", None),
    ],
)
def test_whom_a_text_names_for_a_figure(words, name):
    assert independence.attributed(words) == name
