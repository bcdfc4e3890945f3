"""A small archive whose words try an exchange: emoji, formulas, marks of TeX, things restricted."""

import shutil

import pytest

from db import ingest, sources
from db.archive import Archive
from db.exchange import chosen
from tests.conftest import set_home
from tests.db.exchange import annotated

PORT = (
    "The port office\n\nOn 3 March 1938 the office 🚢 lent the cannery $12,000 for a boiler & pump."
    "\n\nIn April 1939 about 30 barrels of oil <went> down to the quay."
)
SECRET = "Confidential\n\nIn May 1940 the cannery owed $99,000 to a house in Oslo."


def _build(archive, folder):
    (folder / "port.txt").write_text(PORT, "utf-8")
    (folder / "secret.txt").write_text(SECRET, "utf-8")
    (folder / "gone.txt").write_text("Nothing of 1941 but 7 lamps.", "utf-8")
    table = folder / "table.csv"
    table.write_text(
        "path,title,level,parent,creator,date,language,genre,reference_code,rights,notes\n"
        ",Harbour papers,fonds,,Harbour office,1938/1940,,,HP,,\n"
        'port.txt,"=Letter on {boilers} & 50% ~ pumps",item,HP,"Reed, Ada; Harbour office",'
        '1938-03~,en,letter,HP/1,free,"First line\nsecond, “quoted”"\n'
        ",Closed file,file,HP,,,,,HP/2,,\n"
        "secret.txt,A closed note,item,HP/2,,1940-05,en,,HP/2/1,,\n"
        "gone.txt,Thrown away,item,HP,,1941,en,,HP/3,,\n",
        "utf-8",
    )
    ingest.add(archive, [], manifest=table)
    ids = {source.title: source.id for source in sources.all(archive)}
    sources.describe(archive, ids["Closed file"], restricted=True)
    sources.remove(archive, [ids["Thrown away"]])
    with archive.writing("sources") as database:
        database.execute(
            "UPDATE sources SET description = ? WHERE id = ?",
            ['{"scope": "Boilers.\\n\\nPumps.", "extent": "2 folders", "own word": "kept"}',
             ids["Harbour papers"]],
        )  # fmt: skip


@pytest.fixture(scope="session")
def tree_once(tmp_path_factory):
    """The archive of `tree`, made once: an import takes a second."""
    place = tmp_path_factory.mktemp("tree")
    with pytest.MonkeyPatch.context() as patch:
        set_home(patch, place / "home")
        with Archive.create(place / "tree.muniment", "An archive") as archive:
            _build(archive, place)
    return place / "tree.muniment"


@pytest.fixture
def tree(tree_once, tmp_path, home):
    """A fonds with a letter, a restricted file with a note below it, and one in the bin."""
    shutil.copy(tree_once, tmp_path / "tree.muniment")
    with Archive.open(tmp_path / "tree.muniment", adopt=True) as archive:
        yield archive


@pytest.fixture
def going(tree):
    return chosen.choose(tree)


@pytest.fixture
def all_going(tree):
    return chosen.choose(tree, restricted=True)


@pytest.fixture
def ids(archive):
    """What `annotated.fill` puts into an archive, by name."""
    return annotated.fill(archive)


@pytest.fixture
def twin(archive, ids, tmp_path, home):
    """A copy made before anything was added."""
    archive.backup(tmp_path / "twin.muniment")
    with Archive.open(tmp_path / "twin.muniment", adopt=True) as opened:
        yield opened
