"""A current SQLite for the frozen program, built from its published amalgamation.

Why not another way: `pysqlite3` has no `setlimit` and none of the constants that db/connections.py
guards foreign archives with, and sqlite-utils would take it behind our back; `apsw` is another
interface, and both would be a second SQLite in the process. Python's own `sqlite3` module speaks to
whatever library lies beside it, so a current one under the same name changes nothing but the
version. Measured, a ranked search of 60,000 passages: 66 ms with Debian's 3.40.1, 48 ms with this
one and with pysqlite3's 3.53.4 alike; inserts are equal. The source comes by a package client and
its hash is held to: it is the file whose SQLITE_SOURCE_ID the authors published.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "3.54.1"
SOURCE_ID = "2026-10-16 14:45:20 555e07ef33f69a0957d24d8e555b702464a131d6f1607f4c3c1e4551e8e6ca76"
SHA256 = "75a4760a7b9727a4c4c877aec92eacf39e52a8f2921ce00bd33be6d3a8e8e254"
# The npm package that carries the amalgamation of this version unchanged.
CARRIER = "better-sqlite3@13.2.0"
INSIDE = "package/deps/sqlite3/sqlite3.c"

# What Debian and python.org build with, so that an archive behaves alike everywhere, without
# OMIT_LOOKASIDE (slower) and without the interfaces that only C reaches (sessions, hooks).
OPTIONS = (
    "SQLITE_THREADSAFE=1",
    "SQLITE_ENABLE_FTS3",
    "SQLITE_ENABLE_FTS3_PARENTHESIS",
    "SQLITE_ENABLE_FTS4",
    "SQLITE_ENABLE_FTS5",
    "SQLITE_ENABLE_RTREE",
    "SQLITE_ENABLE_MATH_FUNCTIONS",
    "SQLITE_ENABLE_DBSTAT_VTAB",
    "SQLITE_ENABLE_COLUMN_METADATA",
    "SQLITE_ENABLE_UNLOCK_NOTIFY",
    "SQLITE_LIKE_DOESNT_MATCH_BLOBS",
    "SQLITE_SECURE_DELETE",
    "SQLITE_TEMP_STORE=1",
    "SQLITE_USE_URI",
)
HARDENED = ("-fstack-protector-strong", "-D_FORTIFY_SOURCE=2", "-Wl,-z,relro", "-Wl,-z,now")


def library(into: Path) -> Path:
    """The library to put beside Python, built into the folder `into` unless it lies there."""
    name = "sqlite3.dll" if sys.platform == "win32" else "libsqlite3.so.0"
    built = into / VERSION / name
    if not built.exists():
        built.parent.mkdir(parents=True, exist_ok=True)
        _compile(_source(into), built)
    return built


def _source(into: Path) -> Path:
    source = into / "sqlite3.c"
    if not source.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(
                f"The amalgamation of SQLite {VERSION} is wanted: put its sqlite3.c at {source},"
                " or install npm, which fetches a package that carries it."
            )
        said = subprocess.run(
            [npm, "pack", "--silent", CARRIER], cwd=into, check=True, capture_output=True, text=True
        )
        with tarfile.open(into / said.stdout.split()[-1]) as archive:
            member = archive.extractfile(INSIDE)
            assert member is not None, f"{CARRIER} has no {INSIDE}"
            source.write_bytes(member.read())
    if (found := hashlib.sha256(source.read_bytes()).hexdigest()) != SHA256:
        raise SystemExit(f"{source} is not the amalgamation of SQLite {VERSION}: SHA-256 {found}")
    return source


def _compile(source: Path, built: Path) -> None:
    defined = [f"-D{option}" for option in (*OPTIONS, "NDEBUG")]
    if sys.platform == "win32":
        command = ["cl", "/nologo", "/O2", "/LD", "/MD", "/DSQLITE_API=__declspec(dllexport)"]
        command += [each.replace("-D", "/D", 1) for each in defined]
        command += [str(source), f"/Fe{built}"]
    else:
        # The name of the file, not the path of this machine, in what asserts and traces say.
        command = ["cc", "-O2", "-fPIC", "-shared", "-s", "-Wl,-soname,libsqlite3.so.0", *HARDENED]
        command += ["-DHAVE_ISNAN", "-DHAVE_USLEEP", "-DHAVE_FDATASYNC", *defined]
        command += [source.name, "-o", str(built), "-lm", "-lpthread"]
    subprocess.run(command, cwd=source.parent, check=True)


if __name__ == "__main__":
    print(library(Path(sys.argv[1])))
