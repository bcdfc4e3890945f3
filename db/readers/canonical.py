"""The one form in which text is stored: every offset of the archive counts in it."""

import re

_REPLACED = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029")


def canonical(text: str) -> tuple[str, int]:
    """`text` as it is stored, and how many characters had to become U+FFFD.

    One leading BOM is dropped, CRLF, CR, U+2028 and U+2029 become LF, NUL and lone surrogates
    become U+FFFD; nothing else is changed, no normalisation form is applied.
    """
    # ASCII without NUL is the common case and needs no second look.
    if text.isascii() and "\r" not in text and "\x00" not in text:
        return text, 0
    text = text.removeprefix("\ufeff")
    for line_end in _LINE_ENDS:
        if line_end in text:
            text = text.replace(line_end, "\n")
    return _REPLACED.subn("\ufffd", text)
