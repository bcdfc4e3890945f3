import pytest


@pytest.fixture
def settings(tmp_path):
    from PySide6.QtCore import QSettings

    from desktop.settings import Settings

    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def jobs(qapp):
    from desktop.jobs import Jobs

    jobs = Jobs()
    yield jobs
    assert jobs.stop()
