"""What made each part of a figure, as a person asks for it."""

from db import quantities
from db.records import Context


def explained(text: str, at: int = -1) -> dict[str, quantities.Reason]:
    figure = quantities.figures(text, Context(language="en"))[at]
    return {reason.part: reason for reason in quantities.explain(figure)}


def test_every_part_names_its_rules_and_words():
    parts = explained(
        "In 1938 some 2 1/2 million rifles were bought at about 60-75 dollars a piece."
    )
    assert list(parts) == ["value", "unit", "per", "approx", "modality", "date"]
    assert parts["value"].rules == ("number.digits", "range.joined")
    assert parts["unit"].rules[0].startswith(("money.", "unit."))
    assert [words for words, _, _ in parts["approx"].words] == ["about"]
    assert parts["date"].words == (("1938", 3, 7),)


def test_a_date_reckoned_from_another_shows_the_whole_chain():
    text = (
        "On 22 October 1940 the bank lent 25 million dollars. Two weeks later it lent 10 million "
        "more. The next day 5 million dollars were paid."
    )
    parts = explained(text)
    assert [words for words, _, _ in parts["date"].words] == ["The next day"]
    chain = [text[start:end] for _, start, end in parts["date_from"].words]
    assert chain == ["Two weeks later", "22 October 1940"]


def test_every_rule_is_told_once():
    text = "In the spring of 1921 the guild held £3 4s. 6d., and of 60 boats 14 were sunk."
    for figure in quantities.figures(text, Context(language="en")):
        told = [rule for reason in quantities.explain(figure) for rule in reason.rules]
        assert sorted(told) == sorted(figure.rules)
