from desktop.plotting.caption import Shown, caption
from desktop.plotting.marks import marks
from desktop.plotting.offer import offer

USD = ("USD", None)


def text(figures, **how):
    return "\n".join(caption(marks(figures), Shown(USD, **how)))


def test_it_counts_the_figures_and_those_not_reviewed(made):
    said = text([made(1, 1.0, "1940"), made(2, 2.0, "1941", status="accepted")])
    assert "2 figures (USD), 1 not reviewed." in said


def test_it_says_what_has_no_date_what_is_too_large_and_what_was_rejected(made):
    said = text(
        [
            made(1, 1.0, None),
            made(2, 2.0, None),
            made(3, 1e301, "1941"),
            made(4, 5.0, "1941", status="rejected"),
            made(5, 5.0, "1941"),
        ]
    )
    assert "1 figure (USD), 1 not reviewed." in said
    assert "2 figures have no date and are not drawn." in said
    assert "1 value is too large to draw." in said
    assert "1 rejected figure is left out." in said


def test_it_says_what_a_logarithmic_scale_cannot_show(made):
    figures = [made(1, 0.0, "1940"), made(2, -3.0, "1940"), made(3, 4.0, "1940")]
    said = text(figures, is_log=True)
    assert "1 figure (USD)" in said
    assert "2 figures of zero or less have no place on a logarithmic scale." in said
    assert "zero or less" not in text(figures)


def test_hidden_sources_are_neither_counted_nor_named(made):
    figures = [made(1, 1.0, "1940", source=1), made(2, 1.0, "1940", source=2)]
    said = text(figures, hidden=frozenset({0}))
    assert "1 figure (USD)" in said
    assert "Source: Source 2." in said
    assert "Source 1" not in said


def test_many_sources_are_named_and_the_rest_counted(made):
    said = text([made(n, 1.0, "1940", source=n) for n in range(1, 10)])
    assert "Source 6; and 3 more." in said


def test_only_the_looks_that_occur_are_explained(made):
    assert "ollow" not in text([made(1, 1.0, "1940")])
    assert "ollow: date inferred" in text([made(1, 1.0, "1940", date_basis="inherited")])


def test_a_title_cannot_turn_the_direction_of_the_caption(made):
    assert "\u202e" not in text([made(1, 1.0, "1940", title="a\u202eb")])


def test_money_and_counts_come_first_and_rates_stand_apart(made):
    figures = [made(n, 5.0, "1940", unit="percent", kind="percent") for n in range(5)]
    figures += [made(10 + n, 5.0, "1940") for n in range(3)]
    figures += [made(20 + n, 5.0, "1940", per="month") for n in range(2)]
    figures += [made(30 + n, 5.0, "1940", unit="aircraft", kind="count") for n in range(4)]
    assert [choice.name for choice in offer(figures).choices] == [
        "aircraft", "USD", "percent", "USD per month",
    ]  # fmt: skip


def test_a_unit_with_few_dates_does_not_push_itself_forward(made):
    figures = [made(n, 5.0, None) for n in range(9)]
    figures += [made(20 + n, 5.0, "1940", unit="person", kind="count") for n in range(3)]
    assert [choice.name for choice in offer(figures).choices] == ["person", "USD"]
