"""Mail (.eml), mailboxes (mbox) and saved pages (MHTML): words and head; attachments are members."""

import email.message
import email.policy
import email.utils
import re
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from db.errors import Unreadable
from db.readers import web
from db.readers.canonical import canonical
from db.readers.encodings import decode
from db.readers.origin import one_line
from db.records import Block, Document
from db.segment.kinds import classified

TYPE = "message/rfc822"
MBOX = "application/mbox"
MHTML = "multipart/related"
SUFFIXES = {".eml": TYPE, ".mbox": MBOX, ".mbx": MBOX, ".mht": MHTML, ".mhtml": MHTML}

_MOST_MEMBERS = 5000
_START = re.compile(rb"(?:^|\r?\n\r?\n)(?=From [^\r\n]{1,300} [0-9:]{4,8}[^\r\n]{1,60}\r?\n)")
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """One letter: its head as a passage, its words, the names of what is attached."""
    message = _parsed(data)
    if not any(message.get(name) for name in _SHOWN):
        raise Unreadable("damaged", detail="the letter has no head")
    head = "\n".join(
        f"{name}: {said}" for name in _SHOWN if (said := one_line(_header(message, name)))
    )
    text, blocks, lost, charset = _body(message, encoding)
    start = len(head) + 2
    moved = [
        Block(block.start + start, block.end + start, block.kind, None, block.level)
        for block in blocks
    ]
    return Document(
        text=f"{head}\n\n{text}" if text else head,
        blocks=(Block(0, len(head), "table"), *moved),
        media_type=TYPE,
        encoding=charset,
        title=one_line(_header(message, "Subject")),
        creator=one_line(_header(message, "From")),
        date=_date(message),
        replaced=lost,
        members=tuple(name for name, _ in _attached(message)),
    )


def read_mbox(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """A mailbox holds letters and no words of its own."""
    return Document("", media_type=MBOX, members=tuple(name for name, _ in letters(data)))


def read_page(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The page in a web archive; pictures and styles beside it are left out."""
    message = _parsed(data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = _bytes_of(part)
            charset = encoding or part.get_content_charset()
            return web.read(path, page, encoding=charset if _is_known(charset) else None)
    raise Unreadable("no_text")


def letters(data: bytes) -> list[tuple[str, bytes]]:
    """The letters of a mailbox by name, each as a file of its own."""
    starts = [found.end() for found in _START.finditer(data)]
    if not starts:
        raise Unreadable("damaged", detail="there is no letter in the mailbox")
    if len(starts) > _MOST_MEMBERS:
        raise Unreadable("damaged", detail=f"the mailbox has {len(starts):,} letters")
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        letter = data[data.find(b"\n", start, end) + 1 : end]
        found.append((f"{number:05}.eml", letter.replace(b"\n>From ", b"\nFrom ")))
    return found


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """What is attached to a letter, by name."""
    return [(name, _bytes_of(part)) for name, part in _attached(_parsed(data))]


def is_letter(head: bytes) -> bool:
    """Whether a file without a telling name begins as a letter does."""
    lines = head[:4000].split(b"\n")[:30]
    names = {line.partition(b":")[0].lower() for line in lines if b":" in line[:30]}
    return len(names & {b"from", b"to", b"subject", b"date", b"message-id", b"received"}) >= 3


def _parsed(data: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
    except (ValueError, IndexError, LookupError, RecursionError) as error:
        raise Unreadable("damaged", detail=f"the letter cannot be parsed ({error})") from error
    assert isinstance(message, EmailMessage)
    return message


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        return ""  # what the parser of a head trips over is no head


def _date(message: EmailMessage) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _attached(message: EmailMessage) -> list[tuple[str, EmailMessage]]:
    found: list[tuple[str, EmailMessage]] = []
    for number, part in enumerate(message.walk()):
        if part is message or part.is_multipart():
            continue
        try:
            name = part.get_filename()
        except (ValueError, IndexError, LookupError, TypeError):
            name = None
        is_kept = name is not None or part.get_content_disposition() == "attachment"
        if is_kept and len(found) < _MOST_MEMBERS and isinstance(part, EmailMessage):
            shown = one_line((name or "").replace("/", "_").replace("\\", "_")) or "attachment"
            found.append((f"{number}-{shown[:150]}", part))
    return found


def _bytes_of(part: "email.message.Message") -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _is_known(charset: str | None) -> bool:
    try:
        b"".decode(charset or "")
    except (LookupError, ValueError):
        return False
    return bool(charset)


def _body(
    message: EmailMessage, encoding: str | None
) -> tuple[str, tuple[Block, ...], int, str | None]:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except (ValueError, LookupError, AttributeError, KeyError):
        body = None
    if body is None:
        return "", (), 0, None
    data = _bytes_of(body)
    charset = encoding or body.get_content_charset()
    if body.get_content_type() == "text/html":
        page = web.read(Path("letter.html"), data, encoding=charset if _is_known(charset) else None)
        return page.text, page.blocks, page.replaced, page.encoding
    decoded = decode(data, given=encoding, declared=charset)
    text, replaced = canonical(decoded.text)
    text = text.strip()
    return (
        text,
        tuple(classified(text, 0, len(text))),
        replaced + decoded.replaced,
        decoded.encoding,
    )
