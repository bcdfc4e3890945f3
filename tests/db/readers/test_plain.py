"""Plain text: every encoding people have files in, and every file that is no text."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import db.readers
from db.errors import Unreadable
from db.readers.canonical import canonical
from db.readers.encodings import decode

RUSSIAN = (
    "В прошлом году мастерская починила сорок два насоса, и заведующий обещал, что к весне "
    "их будет вдвое больше. «Деньги есть», — сказал он."
)
FRENCH = (
    "L'été dernier, l'hôtel près de la gare était fermé; où étaient donc passés les élèves "
    "et leurs maîtres? Ça m'inquiète, dit-il à voix basse."
)
GERMAN = "Die Straße führte über den Fluß, und für die Männer war der Weg größer als gedacht."
SPANISH = "El año pasado el señor Núñez pidió más carbón, pero la compañía no contestó."
POLISH = "W roku 1920 łódź przewiozła żołnierzy przez rzekę, a gospodyni dała im ciepłą zupę."
CZECH = "V roce 1923 se ukázalo, že příliš mnoho vagonů stálo na nádraží, a ředitel se zlobil."
CHINESE = "去年工厂生产了一百二十台拖拉机，经理说明年的数量会增加一倍。这是一个重要的进步。"
TAIWANESE = "去年工廠生產了一百二十台拖拉機，經理說明年的數量會增加一倍。這是一個重要的進步。"
JAPANESE = "昨年、この工場は百二十台の機械を作りました。来年はその二倍になると言っています。"
KOREAN = "작년에 이 공장은 백이십 대의 기계를 만들었다. 내년에는 두 배가 될 것이다."
GREEK = "Πέρυσι το εργοστάσιο έφτιαξε εκατόν είκοσι μηχανές και ο διευθυντής ζήτησε κι άλλες."


@pytest.fixture
def write(tmp_path: Path):
    def written(data: bytes, name: str = "source.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(Unreadable) as caught:
        db.readers.read(path, **options)
    assert caught.value.facts["path"] == path
    return caught.value.reason


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "utf-8-sig", "utf-8"),
        (RUSSIAN, "utf-16", "utf-16-le"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-32", "utf-32-le"),
        (RUSSIAN, "utf-32-be", "utf-32-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        ("Plain words, no marks.", "utf-16-le", "utf-16-le"),
        ("Plain words, no marks.", "ascii", "utf-8"),
        (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
    ],
)
def test_a_unicode_encoding_is_sure(write, text: str, codec: str, named: str) -> None:
    document = db.readers.read(write(text.encode(codec)))
    assert (document.text, document.encoding) == (text, named)
    assert document.encoding_is_sure
    assert document.replaced == 0


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN.translate(dict.fromkeys(map(ord, "«»—"))), "koi8-r", "koi8-r"),
        (RUSSIAN.translate(dict.fromkeys(map(ord, "«»—"))), "cp866", "cp866"),
        (RUSSIAN.upper(), "cp1251", "windows-1251"),
        ("Привет, мир", "cp866", "cp866"),
        ("Привет, мир", "koi8-r", "koi8-r"),
        ("Привет, мир", "cp1251", "windows-1251"),
        (FRENCH, "cp1252", "windows-1252"),
        (GERMAN, "cp1252", "windows-1252"),
        (SPANISH, "cp1252", "windows-1252"),
        ("The café’s rôle was “naïve” at £12 a head.", "cp1252", "windows-1252"),
        ("Where the Führer is named once in an English page.", "cp1252", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
        (CZECH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso8859-2"),
        (CHINESE, "gb18030", "gb18030"),
        (TAIWANESE, "big5", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc-kr", "euc-kr"),
        (GREEK, "cp1253", "cp1253"),
    ],
)
def test_an_older_encoding_is_told_by_what_it_makes_of_the_bytes(
    write, text: str, codec: str, named: str
) -> None:
    document = db.readers.read(write(text.encode(codec)))
    assert (document.text, document.encoding) == (text, named)
    assert not document.encoding_is_sure


def test_the_encoding_a_person_names_wins(write) -> None:
    path = write(RUSSIAN.encode("cp1251"))
    document = db.readers.read(path, encoding="koi8-r")
    assert document.text == RUSSIAN.encode("cp1251").decode("koi8-r")
    assert (document.encoding, document.encoding_is_sure) == ("koi8-r", True)


@pytest.mark.parametrize("encoding", ["no-such-thing", "base64", "rot13", "undefined", ""])
def test_what_is_no_encoding_of_text_is_refused(write, encoding: str) -> None:
    assert refusal(write(b"words"), encoding=encoding) == "undecodable"


def test_bytes_that_do_not_decode_are_replaced_and_counted(write) -> None:
    document = db.readers.read(write("привет \ufffd ".encode() * 20 + b"\xff and \xd0"))
    assert document.encoding == "utf-8"
    assert document.text.endswith("\ufffd and \ufffd")
    assert document.replaced == 2


def test_a_stray_nul_is_replaced_and_counted(write) -> None:
    document = db.readers.read(write(b"before\x00after\r\n"))
    assert (document.text, document.replaced) == ("before\ufffdafter\n", 1)


def test_an_empty_file_is_a_document_without_words(write) -> None:
    assert db.readers.read(write(b"")).text == ""
    assert db.readers.read(write(b"\xef\xbb\xbf")).text == ""
    assert db.readers.read(write(b"", "page.html")).text == ""


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 1000,
        b"\x00" * 1000,
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 9,
        b"SQLite format 3\x00" + b"\x10\x00\x01\x01",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_text_is_refused_as_binary(write, data: bytes) -> None:
    assert refusal(write(data)) == "binary"
    assert refusal(write(data, "unknown.suffix")) == "binary"


def test_what_is_no_file_to_read_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert refusal(tmp_path / "none.txt") == "missing"
    assert refusal(tmp_path / "nul\x00.txt") == "missing"
    assert refusal(tmp_path / ("long" * 200)) == "missing"
    assert refusal(tmp_path / "gone") == "broken_link"
    assert refusal(tmp_path / "round") == "broken_link"
    assert refusal(tmp_path) == "not_a_file"
    assert refusal(Path("/dev/null")) == "not_a_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_does_not_hold_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    reasons: list[str] = []
    reader = threading.Thread(target=lambda: reasons.append(refusal(tmp_path / "pipe.txt")))
    reader.daemon = True
    reader.start()
    reader.join(5)
    assert reasons == ["not_a_file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_says_so(write) -> None:
    path = write(b"words")
    path.chmod(0)
    assert refusal(path) == "not_permitted"


def test_too_large_a_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert refusal(path) == "too_large"


def test_a_file_of_any_name_is_read_if_it_is_text(write) -> None:
    assert db.readers.read(write(RUSSIAN.encode(), "записка")).text == RUSSIAN
    assert db.readers.read(write(RUSSIAN.encode(), "notes.tex")).media_type == "text/plain"


def test_the_language_is_told(write) -> None:
    assert db.readers.read(write(RUSSIAN.encode())).language == "ru"
    assert db.readers.read(write(CHINESE.encode("gb18030"))).language == "zh"


def test_a_long_text_in_slices_is_the_same_as_at_once(write) -> None:
    text = (CHINESE + RUSSIAN + "😀\n") * 9000  # 3.7 MB: no slice ends where a character does
    assert db.readers.read(write(text.encode())).text == text


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Unreadable:
        return
    text, _ = canonical(decoded.text)
    assert "\x00" not in text
    text.encode("utf-8")


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\u2028\u2029\x00\ufeff"), max_size=80
    )
)
@settings(max_examples=100, deadline=None)
def test_utf8_with_a_mark_comes_back_as_it_was(text: str) -> None:
    assert canonical(decode(b"\xef\xbb\xbf" + text.encode()).text)[0] == text
