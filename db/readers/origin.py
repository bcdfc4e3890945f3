"""What documents say of their own title, date and language, in the form the archive keeps."""

import re
from calendar import monthrange

_DATE = re.compile(r"\s{0,9}(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[^\d])")
_COMPACT = re.compile(r"\s{0,9}(\d{4})(\d\d)(\d\d)(?:$|\D)")
_DAY_FIRST = re.compile(r"\s{0,9}(\d{1,2})\.(\d{1,2})\.(\d{4})(?:$|\D)")
_TAG = re.compile(r"\s{0,9}([A-Za-z]{2,3})(?=$|[-_,;\s])")
_LONGEST = 500
# Finding aids and TEI write the three-letter codes.
_SHORTER = {
    "eng": "en", "rus": "ru", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "chi": "zh",
    "zho": "zh", "ukr": "uk", "spa": "es", "ita": "it", "jpn": "ja", "lat": "la", "pol": "pl",
    "dut": "nl", "nld": "nl", "por": "pt", "kor": "ko",
}  # fmt: skip


def edtf_of(said: str) -> str | None:
    """A date that begins with its year (or day.month.year) as EDTF; None for anything else."""
    found = _COMPACT.match(said) or _DATE.match(said)
    if found is not None:
        year, month, day = (int(part) if part else 0 for part in found.groups())
    else:
        found = _DAY_FIRST.match(said)
        if found is None:
            return None
        day, month, year = map(int, found.groups())
    if not 1 <= year <= 2999:
        return None
    if not 1 <= month <= 12:
        return f"{year:04}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def language_of(tag: str) -> str | None:
    """The language of a tag such as "en-GB", lower-case; None where it names none."""
    found = _TAG.match(tag)
    code = found.group(1).lower() if found else ""
    if not code or code in ("und", "mul", "zxx", "xx"):
        return None
    return _SHORTER.get(code, code)


def one_line(words: str) -> str | None:
    """Words without line ends and double blanks, at most 500 characters; None if there are none."""
    return " ".join(words[: 4 * _LONGEST].split())[:_LONGEST] or None


# What programs write where a person should have: no title, no name.
_NO_TITLE = re.compile(
    r"(?i:microsoft word - .{0,300}|untitled.{0,20}|unbenannt.{0,20}|без имени.{0,20}"
    r"|(?:word|microsoft word)? ?document ?\d{0,3}|.{0,200}\.(?:docx?|odt|rtf|indd|tex|dvi|qxd)"
    r"|powerpoint presentation|print|\(.{0,40}\)|title|template)$"
)
_NO_CREATOR = frozenset(
    ("", "user", "admin", "administrator", "unknown", "author", "owner", "python-docx",
     "microsoft office user", "пользователь", "автор", "windows user", "anonymous", "(anonymous)")
)  # fmt: skip


def title_of(said: str) -> str | None:
    """A title that a person gave; None for what a program put in its place."""
    title = one_line(said)
    return None if title is None or _NO_TITLE.match(title) else title


def creator_of(said: str) -> str | None:
    """A creator that is a name; None for a program's stand-in."""
    creator = one_line(said)
    return None if creator is None or creator.lower() in _NO_CREATOR else creator[:300]
