"""The lists of counted nouns: what an archivist finds in them can be trusted and is said once."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

import resources
from db import quantities
from db.quantities import lexicon
from db.records import Context

LANGUAGES = [
    language
    for language in lexicon.LANGUAGES
    if resources.path(f"lexicons/nouns.{language}.toml").exists()
]
FEWEST = 1000
# One to three words of letters, with hyphens or an apostrophe inside them.
UNIT = re.compile(r"[a-zàâçèéêîô]{2,24}(?:['-]?[a-zàâçèéêîô]{1,24}){0,3}'?")
LETTERS_OF_A_STEM = 4


def counted(language: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = lexicon.load(f"nouns.{language}")["counted"]
    return table


def forms(language: str) -> Iterator[str]:
    for words in counted(language).values():
        yield from words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_more_than_a_thousand_counted_nouns(language: str) -> None:
    assert len(counted(language)) >= FEWEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_is_one_to_three_lower_case_english_words(language: str) -> None:
    odd = [
        unit
        for unit in counted(language)
        if not 1 <= len(unit.split(" ")) <= 3
        or not all(UNIT.fullmatch(word) for word in unit.split(" "))
    ]
    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_unit_is_without_words_and_no_form_is_empty_or_padded(language: str) -> None:
    assert [unit for unit, words in counted(language).items() if not words] == []
    assert [form for form in forms(language) if not form or form != " ".join(form.split())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_holds_a_digit_and_only_german_writes_capitals(language: str) -> None:
    assert [form for form in forms(language) if any(map(str.isdigit, form))] == []
    if language != "de":
        assert [form for form in forms(language) if form != form.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_stands_for_one_unit_only(language: str) -> None:
    assert [form for form, times in Counter(forms(language)).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lone_stem_is_long_enough_not_to_catch_other_words(language: str) -> None:
    short = [
        form
        for form in forms(language)
        if form.endswith("*") and " " not in form and len(form) - 1 < LETTERS_OF_A_STEM
    ]
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_stars_stand_only_at_the_end_of_a_word(language: str) -> None:
    assert [form for form in forms(language) if re.search(r"\*[^ ]|(?:^| )\*", form)] == []


def test_russian_forms_are_written_without_yo() -> None:
    if "ru" in LANGUAGES:
        assert [form for form in forms("ru") if "ё" in form] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_noun_repeats_a_word_of_the_units(language: str) -> None:
    units = {word for row in lexicon.load("units")["unit"] for word in row.get(language, ())}
    assert sorted(units & set(forms(language))) == []


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("ru", "Полк получил 1200 гранатометов и 18 гаубиц.", ["grenade launcher", "howitzer"]),
        ("ru", "Суд рассмотрел 300 исков.", ["lawsuit"]),
        ("ru", "Нашли 9 черепов и 40 костей.", ["skull", "bone"]),
        ("ru", "Пароход сделал 14 рейсов.", ["voyage"]),
        ("ru", "Купили 10 столов и 60 стульев.", ["table", "chair"]),
        ("ru", "Стояло 2 полка и 3 пулеметчика.", ["regiment", "machine gunner"]),
        ("ru", "Разрушено 130 крыш, сгорело 20 бань.", ["roof", "bath"]),
        ("ru", "Работало 18 амбулаторий с 30 санитарками.", ["outpatient clinic", "orderly nurse"]),
        ("zh", "工厂有车床四十五台，铣床12台。", ["lathe", "milling machine"]),
        ("zh", "那天运来三架直升机。", ["helicopter"]),
        ("zh", "運來發電機三臺、拖輪兩艘。", ["generator", "tug"]),
        ("zh", "城里装了路灯150盏。", ["street lamp"]),
        ("zh", "村里有铁匠两名，木工五名。", ["smith", "joiner"]),
    ],
)
def test_a_counted_noun_is_read_with_its_english_name(
    language: str, text: str, read: list[str]
) -> None:
    if language not in LANGUAGES:
        pytest.skip("no such list yet")
    found = quantities.figures(text, Context(language=language))
    assert [figure.unit for figure in found] == read
