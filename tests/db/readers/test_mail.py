"""Letters, mailboxes, saved pages, subtitles."""

from email.message import EmailMessage

from db.readers import mail
from tests.db.readers.made import pages, read, told


def letter(
    subject="Of mills", words="Dear Bo,\n\nforty sacks came.\n", attach=True
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ada Quill <ada@mill.invalid>"
    made["To"] = "Bo Reed <bo@mill.invalid>"
    made["Date"] = "Tue, 02 May 1995 10:00:00 +0000"
    made["Subject"] = subject
    made.set_content(words)
    if attach:
        made.add_attachment("rye,40\n", subtype="csv", filename="../rye.csv")
    return made


def test_a_letter_has_its_head_its_words_and_its_attachments(tmp_path) -> None:
    data = letter("Мельница").as_bytes()
    document = read(tmp_path, "a.eml", data)
    assert told(document) == [
        ("table", "From: Ada Quill <ada@mill.invalid>\nTo: Bo Reed <bo@mill.invalid>\n"
         "Date: Tue, 02 May 1995 10:00:00 +0000\nSubject: Мельница"),
        ("paragraph", "Dear Bo,"), ("paragraph", "forty sacks came."),
    ]  # fmt: skip
    assert (document.title, document.date) == ("Мельница", "1995-05-02")
    assert document.members == ("2-.._rye.csv",)
    assert mail.attachments(data) == [("2-.._rye.csv", b"rye,40\n")]


def test_a_mailbox_holds_letters(tmp_path) -> None:
    parts = [
        b"From ada@mill.invalid Tue May  2 10:00:00 1995\n"
        + letter(str(n), attach=False).as_bytes()
        for n in range(3)
    ]
    data = b"\n".join(parts)
    assert read(tmp_path, "a.mbox", data).members == ("00001.eml", "00002.eml", "00003.eml")
    assert b"Subject: 1" in dict(mail.letters(data))["00002.eml"]


def test_a_saved_page_is_read_as_the_page_it_holds(tmp_path) -> None:
    made = EmailMessage()
    made["Subject"] = "Saved"
    made.set_content("<h1>The mill</h1><p>It ground rye.</p>", subtype="html")
    made.add_related(b"\x89PNG", "image", "png")
    assert told(read(tmp_path, "a.mhtml", made.as_bytes())) == [
        ("heading", "The mill"), ("paragraph", "It ground rye."),
    ]  # fmt: skip


def test_what_is_said_in_subtitles_is_gathered_under_its_time(tmp_path) -> None:
    source = (
        "1\n00:00:01,000 --> 00:00:03,000\n<i>The mill</i>\n\n2\n00:00:03,500 --> 00:00:05,000\n"
        "ground rye.\n\n3\n00:01:00,000 --> 00:01:02,000\nLater.\n"
    )
    assert pages(read(tmp_path, "a.srt", source)) == [
        ("00:00:01", "The mill ground rye."), ("00:01:00", "Later."),
    ]  # fmt: skip
    assert read(tmp_path, "a.vtt", "WEBVTT\n\n" + source.replace(",", ".")).text
