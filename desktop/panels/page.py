"""The page of the original beside the text: the PDF's page or the picture that words were read from."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import held, showing
from desktop.asking_panel import AskingPanel
from desktop.plain import Label
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from db.page_pictures import PagePicture

MOST_BYTES = 200  # megabytes of a decoded picture


class PagePanel(AskingPanel):
    """Follows the selection: shows the page that the chosen passage or figure stands on."""

    HEARS: ClassVar[frozenset[str]] = frozenset({"sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._pixmap = QPixmap()
        self._said = Label("", self).wrapped()
        self._said.setContentsMargins(8, 6, 8, 4)
        self._picture = Label("", self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._picture)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setAccessibleName(self.tr("Page of the original"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._said)
        layout.addWidget(self._area, 1)
        self.setFocusProxy(self._area)
        session.selection.changed.connect(self._follow)
        self._begin()

    def clear(self) -> None:
        self._is_asked = False
        self._put(QPixmap())
        self._said.setText(
            self.tr("Choose a passage of a PDF or a scan to see the page that it stands on.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- inside -----------------------------------------------------------------------------------

    def _follow(self, _selected: Selected) -> None:
        self._forget()

    def _ask(self) -> None:
        self._is_asked = True
        selected = self._session.selection.now
        if selected.source_id is None:
            self.clear()
            return
        work = partial(held.page, source_id=selected.source_id, passage_id=selected.passage_id)
        self._session.jobs.run(work, self._show, self._fail, replaces="page")

    def _show(self, page: "PagePicture | None") -> None:
        if page is None:
            self._put(QPixmap())
            self._said.setText(self.tr("The original of this source has no pages to be seen."))
            return
        image = _image(page)
        if image.isNull():
            self._put(QPixmap())
            self._said.setText(self.tr("This picture cannot be shown here; open the original."))
            return
        said = self.tr("Page {0}").format(page.label) if page.label else self.tr("The picture")
        if page.of > 1:
            place = showing.count(page.number), showing.count(page.of)
            said += " · " + self.tr("{0} of {1} in the file").format(*place)
        self._said.setText(said)
        self._put(QPixmap.fromImage(image))

    def _fail(self, error: Exception) -> None:
        self._put(QPixmap())
        self._said.setText(self._session.told(error))

    def _put(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        self._area.verticalScrollBar().setValue(0)
        self._fit()

    def _fit(self) -> None:
        """As wide as the panel, never larger than it is."""
        if self._pixmap.isNull():
            self._picture.clear()
            return
        ratio = self.devicePixelRatioF()
        width = min(int(self._area.viewport().width() * ratio), self._pixmap.width())
        shown = self._pixmap.scaled(
            QSize(width, self._pixmap.height()),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)


def _image(page: "PagePicture") -> QImage:
    if page.dots:
        grey = QImage.Format.Format_Grayscale8
        return QImage(page.dots, page.width, page.height, page.width, grey).copy()
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageReader

    buffer = QBuffer()
    buffer.setData(QByteArray(page.encoded))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(MOST_BYTES)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > 2000:  # a scan is drawn as wide as a panel can be
        reader.setScaledSize(size.scaled(2000, 1 << 20, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
