"""A session over an archive of two sources, for one panel without a window around it."""

import pytest


@pytest.fixture
def session(qapp, settings, harbour, qtbot):
    from desktop import app
    from desktop.session import Session

    app.make()
    session = Session(settings)
    failed = []
    session.open(harbour, failed.append)
    qtbot.waitUntil(lambda: session.is_open() or bool(failed), timeout=10_000)
    assert not failed
    yield session
    assert session.jobs.stop()
    session.close()


@pytest.fixture
def settle(session, qtbot):
    """Waits until no job of the session is under way and its news have been told."""

    def wait():
        qtbot.waitUntil(
            lambda: session.jobs.running() == 0 and not session._news_timer.isActive(),
            timeout=20_000,
        )

    return wait
