"""Archives made by the program itself."""

from collections.abc import Iterator

import pytest

from db import known
from db.archive import Archive


@pytest.fixture
def home(own_home):
    """Where the program remembers which archives are its own; a temporary folder in tests."""
    return known.folder()


@pytest.fixture
def archive(tmp_path) -> Iterator[Archive]:
    """An empty archive, open for writing."""
    with Archive.create(tmp_path / "a.muniment", "An archive") as made:
        yield made
