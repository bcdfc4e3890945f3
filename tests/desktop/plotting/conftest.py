import pytest

from db.records import Figure, KeptFigure


@pytest.fixture
def made():
    """Makes figures: `made(id, value, date)`, with whatever else a test is about."""

    def make(figure_id, value, date, *, source=1, title=None, status="proposed", **fields):
        fields.setdefault("unit", "USD")
        fields.setdefault("kind", "money")
        fields.setdefault("date_basis", "stated" if date else "none")
        figure = Figure(start=0, end=4, text="some", value=value, date=date, **fields)
        return KeptFigure(figure_id, source, title or f"Source {source}", 7, status, figure)

    return make
