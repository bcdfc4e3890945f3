import os
import threading

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """No test reads or leaves anything in the person's own folders."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for variable in ("LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(variable, str(home))
    return home


@pytest.fixture(autouse=True)
def _no_job_is_left_over():
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("job-")]
    assert not left, f"threads left over: {left}"
