"""The language of a text, and silence where it cannot be told."""

import pytest

from db.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The workshop mended forty pumps, and it was said that there would be more.", "en"),
        ("Мастерская починила сорок насосов, и это было только начало работы.", "ru"),
        ("Майстерня полагодила сорок насосів, і це був лише початок її роботи.", "uk"),
        ("工厂去年修理了四十台水泵，今年还要更多。", "zh"),
        ("この工場は昨年四十台のポンプを修理しました。", "ja"),
        ("이 공장은 작년에 펌프 사십 대를 고쳤다.", "ko"),
        ("Die Werkstatt hat vierzig Pumpen repariert, und das war nicht das Ende.", "de"),
        ("L'atelier a réparé quarante pompes, et ce n'est pas la fin de la saison.", "fr"),
        ("El taller reparó cuarenta bombas y no fue el final de la obra.", "es"),
        ("L'officina ha riparato quaranta pompe e non è che la fine del lavoro.", "it"),
        ("De werkplaats heeft veertig pompen hersteld en dat was niet het einde.", "nl"),
        ("Warsztat naprawił czterdzieści pomp i nie był to koniec tego roku.", "pl"),
        ("A oficina reparou quarenta bombas e não foi o fim da obra.", "pt"),
        ("Officina antliam refecit et non sine labore, sed quod opus est ad finem.", "la"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "1939-1945", "Tokyo 1972", "xqzt blorp wug", "$25 / 64.87 %"])
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert detect(text) is None


def test_names_in_another_script_do_not_change_the_language() -> None:
    assert (
        detect("Рабочие завода General Electric в этом году не были в Boston и в Albany.") == "ru"
    )


def test_a_long_text_is_judged_by_samples() -> None:
    assert detect("The pumps were not in the cellar, and that was all. " * 100_000) == "en"
