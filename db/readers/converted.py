"""Old Word documents, read by another program where one is installed; how such programs are run.

The program is called by its full path with fixed arguments, on a private copy, without a shell.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from db.errors import Unreadable
from db.readers.canonical import canonical
from db.records import Document

DOC = "application/msword"
OLE = "application/x-ole-storage"

_SECONDS = 50
_MOST_OUTPUT = 32_000_000


def read_doc(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The words of an old Word document."""
    if path.suffix.lower() not in (".doc", ".dot", ".wiz"):
        return Document("", media_type=OLE, remarks=("kept_only",))
    for program, arguments in (
        ("antiword", ("-m", "UTF-8.txt", "-w", "0")),
        ("catdoc", ("-d", "utf-8", "-w")),
    ):
        found = shutil.which(program)
        if found is None:
            continue
        said = run([found, *arguments], data, ".doc")
        text, replaced = canonical(said.decode("utf-8", "replace"))
        return Document(text.strip(), media_type=DOC, replaced=replaced)
    raise Unreadable("no_converter")


def run(
    command: Sequence[str],
    data: bytes | None = None,
    suffix: str = "",
    after: Sequence[str] = (),
) -> bytes:
    """What the program printed; Unreadable where it failed. The copy it reads is gone after."""
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="muniment-")
    try:
        with os.fdopen(handle, "wb") as copy:
            copy.write(data or b"")
        end = [name] if data is not None else []
        program, *options = command
        place = [program, *end, *after, *options] if after else [program, *options, *end]
        done = subprocess.run(
            place,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1",
                 "HOME": tempfile.gettempdir()},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timed_out", seconds=str(_SECONDS)) from error
    except OSError as error:
        raise Unreadable("crashed", detail=error.strerror or "") from error
    finally:
        os.unlink(name)
    if done.returncode != 0 or len(done.stdout) > _MOST_OUTPUT:
        detail = done.stderr.decode("utf-8", "replace").strip()[:200] or "nothing was said"
        raise Unreadable("damaged", detail=f"{Path(command[0]).name}: {detail}")
    return done.stdout
