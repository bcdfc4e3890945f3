"""The icon in the forms each system wants: PNGs, an .ico and an .icns; run by the build's Python."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 32, 48, 64, 128, 256, 512)
# What Apple calls a PNG of each size inside an .icns.
OF_APPLE = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(drawing: Path, size: int) -> bytes:
    """The drawing as a PNG of `size` x `size` dots."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub is wrong
    return bytes(written.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNGs up to 256 dots."""
    kept = {size: data for size, data in pictures.items() if size <= 256}
    head = struct.pack("<HHH", 0, 1, len(kept))
    offset = len(head) + 16 * len(kept)
    for size, data in kept.items():
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + b"".join(kept.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """A macOS icon of PNGs."""
    body = b"".join(
        OF_APPLE[size] + struct.pack(">I", len(data) + 8) + data
        for size, data in pictures.items()
        if size in OF_APPLE
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write(drawing: Path, into: Path) -> None:
    """All forms of a drawing, named after it, into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(drawing, size) for size in SIZES}
    for size, data in pictures.items():
        (into / f"{drawing.stem}-{size}.png").write_bytes(data)
    (into / f"{drawing.stem}.ico").write_bytes(ico(pictures))
    (into / f"{drawing.stem}.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    for each in sys.argv[2:]:
        write(Path(each), Path(sys.argv[1]))
