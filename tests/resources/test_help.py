"""Whether the help pages hang together and can be read without leaving them."""

import re
from pathlib import Path

import pytest

import resources

PAGES = sorted(resources.path("help/en").glob("*.md"))
LINK = re.compile(r"\[([^\[\]\n]{1,100})\]\(([^()\s]{1,100})\)")
EXPECTED = {
    "index",
    "first-steps",
    "importing",
    "reading",
    "searching",
    "figures",
    "plotting",
    "command-line",
    "keyboard",
    "archive-file",
    "privacy-and-safety",
}


def links(page: Path) -> set[str]:
    return {target for _, target in LINK.findall(page.read_text(encoding="utf-8"))}


def test_every_page_of_the_plan_is_there():
    assert {page.stem for page in PAGES} >= EXPECTED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_with_its_one_title(page: Path):
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines) if line.startswith("# ")] == [0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short(page: Path):
    assert len(page.read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_links_only_to_other_pages_and_shows_nothing_from_elsewhere(page: Path):
    assert links(page) <= {other.name for other in PAGES} - {page.name}
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"\w{2,10}://|!\[|<\w", text) == []


def test_every_page_can_be_reached_from_the_first():
    first = resources.path("help/en/index.md")
    assert links(first) == {page.name for page in PAGES} - {first.name}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_rows_of_a_table_have_as_many_cells_as_its_head(page: Path):
    blocks = re.split(r"\n\n", page.read_text(encoding="utf-8"))
    for block in blocks:
        rows = [line for line in block.strip().splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1, block


def test_every_key_of_a_command_stands_on_the_keyboard_page():
    from desktop.actions import COMMANDS

    told = resources.path("help/en/keyboard.md").read_text(encoding="utf-8")
    keys = {command.keys[0] for command in COMMANDS if command.keys}
    # The tabs and workspaces stand there as "Ctrl+1, Ctrl+2 ..." and "Alt+1, Alt+2 ...".
    numbered = {key for key in keys if re.fullmatch(r"(Ctrl|Alt)\+[1-9]", key)}
    assert {key for key in keys - numbered if key not in told} == set()


def test_every_field_of_a_query_stands_on_the_searching_page():
    from db.query_fields import NAMES

    told = resources.path("help/en/searching.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}:" not in told] == []


def test_every_command_of_the_command_line_stands_on_its_page():
    from desktop.command_line import cli

    told = resources.path("help/en/command-line.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands if f"muniment {name}" not in told] == []
