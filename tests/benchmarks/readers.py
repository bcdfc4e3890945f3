"""How long reading takes against the library alone: `python -m tests.benchmarks.readers FOLDER`.

The library alone opens the file and takes out its text element by element, knowing nothing of any;
reading keeps the structure, and passages are cut from it. The last number is what passages cost a reader.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

import db.readers
from db.errors import Unreadable
from db.segment import passages

AT_MOST = 1.5  # what passages may cost a reader, and a reader of PDF its library


def _pdf(data: bytes) -> int:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in pdf)


def _zipped_xml(data: bytes) -> int:
    package = zipfile.ZipFile(io.BytesIO(data))
    names = [
        name for name in package.namelist() if name.endswith((".xml", ".rels", ".xhtml", ".opf"))
    ]
    roots = [etree.fromstring(package.read(name)) for name in names]
    return sum(map(_walked, roots))


def _xml(data: bytes) -> int:
    return _walked(etree.fromstring(data))


def _walked(root: etree._Element) -> int:
    """Element by element: what any reader that knows a heading from a paragraph must do."""
    words: list[str] = []
    for element in root.iter("*"):
        words += (element.tag, element.text or "", element.tail or "")
    return len("".join(words))


def _xlsx(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


ALONE: dict[str, Callable[[bytes], int]] = {
    ".pdf": _pdf, ".docx": _zipped_xml, ".odt": _zipped_xml, ".epub": _zipped_xml, ".xml": _xml,
    ".xlsx": _xlsx,
}  # fmt: skip


def main(folder: Path) -> None:
    for suffix, alone in ALONE.items():
        library = ours = cutting = 0.0
        count = 0
        for path in sorted(folder.rglob(f"*{suffix}"))[:400]:
            if not path.is_file():
                continue
            data = path.read_bytes()
            try:
                taken = []
                for _ in range(3):
                    started = time.process_time()
                    alone(data)
                    middle = time.process_time()
                    document = db.readers.of_bytes(path, data)
                    end = time.process_time()
                    passages(document)
                    cut = time.process_time() - end
                    taken.append((middle - started, end - middle, cut))
            except Unreadable:
                continue
            except Exception:  # the library gives up on it: nothing to compare
                continue
            library += min(each[0] for each in taken)
            ours += min(each[1] for each in taken)
            cutting += min(each[2] for each in taken)
            count += 1
        if count:
            print(
                f"{suffix:6} {count:4} files  library {library:.2f} s  x {ours / library:.2f}"
                f"  with passages x {(ours + cutting) / ours:.2f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
