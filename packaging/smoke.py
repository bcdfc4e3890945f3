"""Tries a frozen program as a person who has nothing else would: `python packaging/smoke.py PROGRAM`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import project

LETTER = """<html><head><title>A letter of the harbour office</title></head><body>
<h1>To the council</h1>
<p>In March 1939 the office lent the town 250,000 dollars, of which 40 percent was paid in tin.</p>
</body></html>"""


def smoke(program: Path, *, picture: Path | None = None) -> None:
    """Make the sample, import, search, draw, open the window and close it; SystemExit if not."""
    # A home with blanks and letters outside ASCII finds what quotes and encodings forget.
    with tempfile.TemporaryDirectory(prefix="Проба 試 ", ignore_cleanup_errors=True) as home:
        run = _Runner(program, Path(home))
        run.versions()
        archive = run.home / "мой архив.muniment"
        run("sample", archive)
        sources = json.loads(run("sources", archive, "--json"))
        _demand(len(sources) > 3, f"the sample has {len(sources)} sources")
        found = json.loads(run("search", archive, "loan", "--json"))
        _demand(found["total"] > 0, "the sample's loans are not found")
        # What comes out of an import was read by worker processes, HTML by lxml.
        letter = run.home / "letter.html"
        letter.write_text(LETTER, encoding="utf-8")
        report = json.loads(run("import", archive, letter, "--json"))
        _demand(len(report["imported"]) == 1, f"the letter was not imported: {report}")
        _demand(report["imported"][0]["figures"] >= 2, f"its figures were not found: {report}")
        series = json.loads(run("series", archive, "--json"))
        for name in ("plot.svg", "plot.png"):
            drawn = run.home / name
            run("plot", archive, "--series", series[0]["id"], "-o", drawn)
            _demand(drawn.stat().st_size > 2000, f"{name} is empty")
        for form in (
            "figures.csv",
            "figures.xlsx",
            "report.docx",
            "report.pdf",
            "qdpx",
            "ead3.xml",
        ):
            written = run.home / f"out.{form}"
            run("export", archive, form, written)
            _demand(written.stat().st_size > 0, f"{written.name} is empty")
        run("check", archive)
        run("backup", archive, run.home / "copy.muniment")
        pictures = [picture] if picture else []
        run("--open-and-close", archive, *pictures)
        if picture:
            _demand(picture.stat().st_size > 5000, "the window showed nothing")
    print("smoke: the frozen program makes, imports, searches, draws, checks, opens and closes")


class _Runner:
    def __init__(self, program: Path, home: Path) -> None:
        self.program = program
        self.home = home
        # Nothing of this environment that could stand in for something the program lacks.
        keep = ("SYSTEMROOT", "TEMP", "TMP", "LANG", "DISPLAY", "QT_QPA_PLATFORM")
        self._environment = {name: os.environ[name] for name in keep if name in os.environ}
        self._environment |= {"HOME": str(home), "USERPROFILE": str(home), "PATH": os.defpath}
        self._environment |= {"APPDATA": str(home), "LOCALAPPDATA": str(home)}
        self._environment.setdefault("QT_QPA_PLATFORM", "offscreen")

    def __call__(self, *words: object) -> str:
        done = subprocess.run(
            [self.program, *map(str, words)],
            cwd=self.home,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=300,
            check=False,
        )
        said = done.stdout.decode("utf-8", "replace")
        complaint = done.stderr.decode("utf-8", "replace")
        _demand(
            done.returncode == 0 and "Traceback" not in complaint,
            f"muniment {' '.join(map(str, words))}: exit {done.returncode}\n{said}{complaint}{self._log()}",
        )
        return said

    def _log(self) -> str:
        logs = sorted(self.home.rglob("*.log"))
        return "\n".join(each.read_text(encoding="utf-8")[-3000:] for each in logs)

    def versions(self) -> None:
        said = self("--version")
        _demand(f"Muniment {project.version()}" in said, f"another version: {said}")
        sqlite = said.split("SQLite ")[1].split()[0]
        numbers = tuple(int(part) for part in sqlite.split("."))
        _demand(numbers >= project.SQLITE_FLOOR, f"SQLite {sqlite} is too old to be shipped")
        print("smoke:", " / ".join(said.split("\n")).strip(" /"))


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SystemExit(f"smoke: {otherwise}")


if __name__ == "__main__":
    smoke(Path(sys.argv[1]).resolve(), picture=Path(sys.argv[2]) if sys.argv[2:] else None)
