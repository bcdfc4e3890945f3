"""Which files are another program's work on sources rather than sources, told by their names."""

from pathlib import Path

SUFFIXES: dict[str, str] = {
    ".bib": "bibtex",
    ".ris": "ris",
    ".csl.json": "csl",
    ".jsonld": "web_annotation",
    ".qdpx": "qdpx",
    ".qdc": "qdpx",
    ".qda": "qualcoder",
    ".sqlite3": "taguette",
}
DESCRIPTIONS = ("sources.csv", "sources.xlsx")  # as they were exported, or "NAME sources.csv"


def format_of(path: Path) -> str | None:
    """Which format a file's name tells; None where it is none of those that db.exchange takes in."""
    name = path.name.lower()
    if any(name == end or name.endswith(f" {end}") for end in DESCRIPTIONS):
        return "described"
    return next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), None)
