"""Small office files, books and packages, made of strings."""

import io
import zipfile
from collections.abc import Mapping

import db.readers
from db.segment import passages

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def read(path, name, data):
    """The Document of `data`, saved under `name` in the folder `path`."""
    file = path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return db.readers.read(file)


def told(document):
    """(kind, words) of every passage."""
    return [(block.kind, document.text[block.start : block.end]) for block in passages(document)]


def pages(document):
    """(page, words) of every passage."""
    return [(block.page, document.text[block.start : block.end]) for block in passages(document)]


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document; `parts` are the inner XML of styles, footnotes, endnotes, header, core."""
    targets = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
        if kind != "core"
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="d"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{targets}'
        "</Relationships>",
    }
    for kind, inner in parts.items():
        if kind == "core":
            members["docProps/core.xml"] = (
                f'<c xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</c>'
            )
        else:
            members[f"word/{kind}.xml"] = f"<w:{kind} {W}>{inner}</w:{kind}>"
    return packed(members)


def odt(body: str, meta: str = "", styles: str = "") -> bytes:
    """An OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "draw", "style")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:c {spaces}><office:body><office:text>{body}</office:text>"
            "</office:body></office:c>",
            "meta.xml": f'<m xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</m>',
            "styles.xml": f"<office:s {spaces}>{styles}</office:s>",
        }
    )


def epub(chapters: Mapping[str, str], metadata: str = "", **extra: str) -> bytes:
    """A book of these chapters, each an XHTML body."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in reversed(range(len(chapters))))
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="in/book.opf"/>'
        "</rootfiles></container>",
        "in/book.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for name, body in chapters.items():
        members[f"in/{name}"] = (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"'
            ' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
            f"<body>{body}</body></html>"
        )
    return packed(members | extra)


def pdf(*sheets: list[tuple[float, float, float, str]], labels: str = "", info: str = "") -> bytes:
    """A PDF of pages, each a list of (left, base, size, words) in Helvetica."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {labels} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {info} >>",
    }
    for number, sheet in enumerate(sheets):
        drawn = "".join(
            f"BT /F {size} Tf {left} {base} Td ({words}) Tj ET\n"
            for left, base, size, words in sheet
        )
        objects[10 + 2 * number] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R"
            f" >> >> /Contents {11 + 2 * number} 0 R >>"
        )
        objects[11 + 2 * number] = f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream"
    out = b"%PDF-1.5\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    entries = "".join(f"{n} 1\n{at:010} 00000 n \n" for n, at in places.items())
    return (
        out
        + (
            f"xref\n0 1\n0000000000 65535 f \n{entries}trailer\n<< /Size {max(objects) + 1} /Root 1 0 R"
            f" /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
    )


def engine(languages: str) -> str:
    """A script that reads the same words in every picture, if asked for these languages."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tconf\ttext"
    words = ("The 1 1 90", "mill 1 1 90", "ground 1 1 90", "rye. 1 2 90", "It 2 1 60", "st- 2 1 60",
             "opped. 2 2 60")  # fmt: skip
    rows = []
    for said in words:
        word, paragraph, line, sure = said.split()
        rows.append("\t".join(("5", "1", "1", paragraph, line, "1", sure, word)))
    table = "\n".join((head, "1\t1\t0\t0\t0\t0\t-1\t", *rows))
    return (
        'case "$*" in *list-langs*) printf "rus\\neng\\n";;'
        f" *\"-l {languages} \"*) cat <<'END'\n{table}\nEND\n;; esac"
    )
