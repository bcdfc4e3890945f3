"""In which encoding a file's bytes were written, and the text they mean.

Long because the guesses are tried in one order, and what one leaves open the next decides.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from db.errors import Unreadable
from db.readers.opening import has_text

# A slice holds the interpreter for 2 ms; 120 MB at once held it for 241 ms.
_SLICE = 1 << 20
_SAMPLE = 40_000

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Our name for an encoding -> Python's codec that reads what is really written under that name.
_CODECS = {
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
    "windows-1257": "cp1257",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
# What pages say and what browsers have learnt to read for it (WHATWG Encoding).
_DECLARED = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "x-sjis": "shift_jis",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5-hkscs": "big5hkscs",
    "ks_c_5601-1987": "euc-kr",
    "iso-8859-9": "windows-1254",
    "koi8-ru": "koi8-u",
    "utf8": "utf-8",
    # A page that could be read as far as its declaration is not in 16 or 32 bits.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf-32": "utf-8",
    "unicode": "utf-8",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as it was written: not yet canonical, a BOM still in front."""

    text: str
    encoding: str
    is_sure: bool
    replaced: int = 0


def decode(data: bytes, *, given: str | None = None, declared: str | None = None) -> Decoded:
    """The text of `data`: in the `given` encoding if a person gave one, else as the bytes tell.

    `declared` is what the document says of itself; it is believed where it fits. Unreadable
    ("binary") where this is no text, ("undecodable") where no encoding is found.
    """
    if given is not None:
        return _in_given(data, given)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding, is_sure=True)
    text: str | None
    try:
        text = _sliced(data, "utf-8", "strict")
    except UnicodeDecodeError:
        text = None
    wide = _wide(data, is_utf8=text is not None)
    if wide is not None:
        return _decoded(data, wide, is_sure=True)
    if not has_text(data):
        raise Unreadable("binary", found="control characters")
    if text is not None:
        if b"\x1b$" in data and (b"\x1b(B" in data or b"\x1b(J" in data):
            return _decoded(data, "iso-2022-jp", is_sure=True)
        return Decoded(text, "utf-8", is_sure=True)
    with_surrogates = _with_surrogates(data)
    if with_surrogates is not None:
        return Decoded(with_surrogates, "utf-8", is_sure=True)
    if declared is not None:
        believed = _believed(data, declared)
        if believed is not None:
            return believed
    if _is_mostly_utf8(data):
        return _decoded(data, "utf-8", is_sure=True)
    guessed = _guess(data)
    if guessed is None:
        raise Unreadable("undecodable")
    return _decoded(data, guessed, is_sure=False)


def _with_surrogates(data: bytes) -> str | None:
    """UTF-8 in which halves of UTF-16 pairs were written as characters; canonical() drops them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _in_given(data: bytes, given: str) -> Decoded:
    name = given.strip().lower()
    try:
        b"a".decode(_CODECS.get(name, name), "ignore")  # refuses base64, rot13 and the like
        return _decoded(data, name, is_sure=True)
    except (LookupError, UnicodeError, ValueError) as error:
        raise Unreadable("undecodable", encoding=given) from error


def _believed(data: bytes, declared: str) -> Decoded | None:
    name = declared.strip().strip("\"'").lower()
    name = _DECLARED.get(name, name)
    try:
        b"a".decode(_CODECS.get(name, name), "ignore")
        return Decoded(_sliced(data, name, "strict"), name, is_sure=True)
    except (LookupError, UnicodeError, ValueError):
        return None


def _decoded(data: bytes, encoding: str, *, is_sure: bool) -> Decoded:
    try:
        return Decoded(_sliced(data, encoding, "strict"), encoding, is_sure)
    except UnicodeDecodeError:
        text = _sliced(data, encoding, "replace")
        try:
            own = data.count("\ufffd".encode(encoding))
        except UnicodeEncodeError:
            own = 0
        return Decoded(text, encoding, is_sure, max(text.count("\ufffd") - own, 1))


def _sliced(data: bytes, encoding: str, errors: str) -> str:
    """Decoded a megabyte at a time, so that other threads get their turn."""
    decoder = codecs.getincrementaldecoder(_CODECS.get(encoding, encoding))(errors)
    if len(data) <= _SLICE:
        return decoder.decode(data, True)
    parts = [
        decoder.decode(data[at : at + _SLICE], at + _SLICE >= len(data))
        for at in range(0, len(data), _SLICE)
    ]
    return "".join(parts)


# ---- UTF-16 and UTF-32 without a mark ----------------------------------------------------------


def _wide(data: bytes, *, is_utf8: bool) -> str | None:
    """UTF-16 or UTF-32 that carries no BOM, told by where the NULs stand."""
    head = data[: 4 * _SAMPLE]
    if len(data) < 4 or len(data) % 2 or (is_utf8 and 0 not in head):
        return None
    if len(data) % 4 == 0:
        for encoding, high in (("utf-32-le", slice(3, None, 4)), ("utf-32-be", slice(0, None, 4))):
            if not any(head[high]) and _reads_well(head, encoding):
                return encoding
    if 0 not in head and head.count(b" ") + head.count(b"\n") > len(head) // 50:
        return None  # 8-bit text: in UTF-16 a blank comes with a NUL
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _plain_share(head, encoding))
    return best if _reads_well(head, best) else None


def _reads_well(head: bytes, encoding: str) -> bool:
    return _plain_share(head, encoding) > (0.9 if len(head) > 40 else 0.97)


_COMMON_HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发"
    "后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前"
    "开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最"
    "重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门"
    "任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数"
    "安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣開從實軍無與長機問間關點業將兩應戰頭體見產"
    "話給門東聲員論處義條氣題爾別變總電數報結務場計資區隊決馬日本大正政府年月人者事上中下私今"
)


def _plain_share(head: bytes, encoding: str) -> float:
    """How much of `head`, read so, are characters that running text is made of."""
    text = head.decode(encoding, "replace")
    if not text:
        return 0.0
    counts = Counter(text)
    plain = han = 0
    for character, count in counts.items():
        code = ord(character)
        if (
            0x20 <= code < 0x7F
            or code in (9, 10, 12, 13, 0xFEFF)
            or 0xA0 <= code < 0x180
            or 0x391 <= code < 0x460
            or 0x2010 <= code < 0x2027
            or 0x3000 <= code < 0x3100
            or 0xFF00 <= code < 0xFF60
        ):
            plain += count
        elif 0x4E00 <= code < 0xA000:
            han += count
    # Any two bytes make a Han character one time in three; only the common ones prove anything.
    known = sum(count for character, count in counts.items() if character in _COMMON_HAN)
    if known * 5 > han:
        plain += han
    return plain / len(text)


def _is_mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few bad bytes, as from a cut download or two files glued together."""
    head = data[: 1 << 20]
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]{1,3}|\xc2[\xa0-\xbf]", head))
    bad = head.decode("utf-8", "replace").count("\ufffd") - head.count(b"\xef\xbf\xbd")
    return good > 4 * bad


# ---- guessing ----------------------------------------------------------------------------------


def _guess(data: bytes) -> str | None:
    sample = _slices_with_high_bytes(data)
    runs = re.findall(rb"[\x80-\xff]+", sample)
    mean_run = sum(map(len, runs)) / len(runs) if runs else 0.0
    east = _eastern(data, sample)
    if east is not None:
        return east
    if mean_run >= 1.6:
        alphabetic = _alphabetic(sample)
        if alphabetic is not None:
            return alphabetic
    if mean_run < 2.5:
        western = _western(sample)
        if western is not None:
            return western
    return _by_charset_normalizer(data)


def _slices_with_high_bytes(data: bytes) -> bytes:
    """Up to three stretches of whole lines in which there is something to be told."""
    if len(data) <= _SAMPLE:
        return data
    parts = []
    for at in (0, len(data) // 3, 2 * len(data) // 3):
        found = re.compile(rb"[\x80-\xff]").search(data, at)
        if found is None:
            continue
        start = data.rfind(b"\n", max(0, found.start() - 4000), found.start()) + 1
        parts.append(data[start or found.start() : found.start() + _SAMPLE // 3])
    return b"\n".join(parts)


def _eastern(data: bytes, sample: bytes) -> str | None:
    """The encoding of Chinese, Japanese or Korean in which `data` is whole and reads as text."""
    best, best_score = None, 0.22
    for encoding in ("shift_jis", "euc_jp", "gb18030", "big5", "euc-kr"):
        codec = _CODECS.get(encoding, encoding)
        try:
            codecs.getincrementaldecoder(codec)("strict").decode(data, False)
        except UnicodeDecodeError:
            continue
        high = [c for c in sample.decode(codec, "ignore") if c > "\x7f"]
        if not high:
            continue
        kana = sum("\u3041" <= c <= "\u30fe" for c in high)
        half = sum("\uff61" <= c <= "\uff9f" for c in high)
        hangul = sum("\uac00" <= c <= "\ud7a3" for c in high)
        han = sum(c in _COMMON_HAN for c in high)
        if encoding in ("shift_jis", "euc_jp"):
            score = (kana * 1.3 + han * 0.5 - half * 2) / len(high) if kana * 8 > len(high) else 0
        elif encoding == "euc-kr":
            common = sum(c in _COMMON_HANGUL for c in high)
            score = (common * 2 / len(high)) if hangul * 10 > len(high) * 7 else 0
        else:
            score = (han - kana) / len(high)
        if score > best_score:
            best, best_score = encoding, score
    return best


_COMMON_HANGUL = frozenset(
    "이다는을의에가를은한고하도로지서사기인자대어리나시들해있아수정일적그부전원보스제"
)

# Of a thousand letters of Russian.
_RUSSIAN: dict[str, float] = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїє",
        (109, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14,
         12, 10, 9, 7, 6, 5, 4, 3, 3, 0.4, 1, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip


_GREEK: dict[str, float] = dict(
    zip(
        "αοιετνσηυρπκμςλίωόάέδγήθχύώφβξζψ",
        (115, 93, 85, 80, 80, 75, 48, 50, 40, 43, 40, 42, 33, 40, 28, 28, 16, 24, 20, 20, 17, 18, 18,
         13, 12, 12, 12, 8, 7, 4, 4, 2),
        strict=True,
    )
)  # fmt: skip
_ALPHABETS = (
    (_RUSSIAN, ("windows-1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")),
    (_GREEK, ("cp1253", "iso8859-7")),
)


def _alphabetic(sample: bytes) -> str | None:
    """An encoding of Cyrillic or Greek: the one in which the letters are as frequent as ever."""
    scores = {
        encoding: _frequency(sample.decode(_CODECS.get(encoding, encoding), "replace"), letters)
        for letters, encodings in _ALPHABETS
        for encoding in encodings
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    # Running Russian scores 43 to 58, another encoding's Russian below 20.
    return best if scores[best] > 25 else None


def _frequency(text: str, letters: dict[str, float]) -> float:
    """The mean frequency, per thousand, of the letters beyond ASCII; oddities count against."""
    total = count = 0.0
    before = " "
    for character in text:
        if character > "\x7f":
            count += 1
            lower = character.lower()
            if lower not in letters:
                total -= 0 if character in "«»–—№…“”„’\xa0" else 60
            elif character == lower:
                total += letters[lower]
            elif before in letters:  # a capital in the middle of a word
                total -= 60
            else:
                total += letters[lower] * 0.9
            if before.isascii() and before.isalpha():  # two scripts in one word
                total -= 60
        before = character
    return total / count if count else 0.0


# What languages add to the alphabet, and words of theirs that need no such letter.
_LETTERS = {
    "fr": ("àâçéèêëîïôùûüœæ", "de la le les des et en un une que qui pour dans par sur est du"),
    "de": ("äöüß", "der die das und in den von zu mit ist nicht ein eine auf als auch sich dem"),
    "es": ("áéíñóúü¿¡", "de la que el en los se del las por con una para es al como su y"),
    "pt": ("áâãàçéêíóôõú", "de que do da em um para com uma os no se na por mais as dos"),
    "it": ("àèéìòù", "di che il la in per un non del una sono le si da con dei come nel"),
    "en": ("éèêçæœäöüñïàâ", "the of and to in that is was for with as by on at from which"),
    "nordic": ("åäöæøéü", "och i att det som en av er til og den med for var ikke han de ja on"),
    "pl": ("ąćęłńóśźż", "w i na z nie jest od za po oraz dla jak co tego jego ale przez"),
    "cs": ("áčďéěíňóřšťúůýžľĺŕô", "se na je v z o k i jako ale za po tak jsem si"),
    "hu": ("áéíóöőúüű", "az egy nem hogy ez volt de van csak mint vagy magyar"),
    "ro": ("ăâîşţșț", "de la cu nu pe un din o care mai se prin sau este al au"),
    "hr": ("čćđšž", "i u je na se za da od su kao koji ne iz bi o ali"),
    "tr": ("çğıİöşüâî", "bir ve bu da de ile olarak olan daha en gibi kadar sonra"),
    "lt": ("ąčęėįšųūžāēģīķļņõ", "ir kad yra buvo su tai apie un ar ka no par ja on ei see"),
}  # fmt: skip
_WESTERN = (
    ("windows-1252", ("fr", "de", "es", "pt", "it", "en", "nordic"), 1.3),
    ("windows-1250", ("pl", "cs", "hu", "ro", "hr"), 1.0),
    ("iso8859-2", ("pl", "cs", "hu", "ro", "hr"), 0.99),
    ("windows-1254", ("tr",), 1.0),
    ("windows-1257", ("lt",), 1.0),
    ("cp850", ("fr", "de", "es", "pt", "it", "en", "nordic"), 0.95),
    ("mac-roman", ("fr", "de", "es", "pt", "it", "en", "nordic"), 0.95),
)
_QUOTES = frozenset("“”„‘’–—…«»")
_SIGNS = frozenset("“”„‘’‚–—…«»°§£€©®·•\xa0½¼¾²³×†‡¶±´")


def _signs(encoding: str) -> frozenset[str]:
    # In the old encodings a sign such as ³ is a letter of windows-1252 read wrongly.
    return _SIGNS if encoding not in ("cp850", "mac-roman") else _QUOTES


def _western(sample: bytes) -> str | None:
    """An encoding of Latin letters: where the letters beyond ASCII suit the language's words.

    windows-1252 unless the text is clearly Central European, Baltic or Turkish.
    """
    words = Counter(re.findall(rb"[a-z]{1,12}", sample.lower()))
    total = sum(words.values()) or 1
    fluency = {
        language: sum(words[word.encode()] for word in common.split()) / total
        for language, (_, common) in _LETTERS.items()
    }
    # An English page with one odd sign is not Croatian: the words must say so too.
    western_fluency = max(fluency[language] for language in _WESTERN[0][1])
    best, best_score = None, 0.0
    for encoding, languages, weight in _WESTERN:
        text = sample.decode(_CODECS.get(encoding, encoding), "replace")
        high = Counter(c for c in text if c > "\x7f")
        count = sum(high.values())
        if not count:
            continue
        for language in languages:
            if fluency[language] <= 0.6 * western_fluency and languages != _WESTERN[0][1]:
                continue
            letters = _LETTERS[language][0]
            fitting = sum(n for c, n in high.items() if c.lower() in letters or c in letters)
            signs = sum(n for c, n in high.items() if c in _signs(encoding))
            share = (fitting + 0.9 * signs) / count
            score = weight * share * share * (fluency[language] + 0.01)
            if share > 0.5 and score > best_score:
                best, best_score = encoding, score
    if best is None and len(re.findall(rb"[\x80-\xff]", sample)) * 5 < len(sample):
        return "windows-1252"
    return best


def _by_charset_normalizer(data: bytes) -> str | None:
    """What our own scores cannot tell (Greek, Hebrew, Arabic, Thai); imported only when asked."""
    from charset_normalizer import from_bytes

    found = from_bytes(data[: 4 * _SAMPLE], threshold=0.2).best()
    if found is None:
        return None
    encoding = found.encoding.replace("_", "-")
    return encoding if encoding not in ("utf-7", "utf-8") else None
