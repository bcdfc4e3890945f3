"""Every table, index, trigger and view of an archive, as migrations; the only file with DDL.

A released migration is never edited: a change is a new one at the end, and FORMAT goes up by one.
Long because DDL is best read in one place.
"""

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x4D554E49  # "MUNI"
FORMAT = 1

migrations = Migrations("archive")


def names_after(fmt: int) -> list[str]:
    """The migrations that came after format `fmt`; the first of them is named m00N, N = fmt + 1."""
    known = Database(memory=True, execute_plugins=False)
    try:
        names = [migration.name for migration in migrations.pending(known)]
    finally:
        known.conn.close()
    return [name for name in names if int(name[1:4]) > fmt]


_READ_ME = """
This file is a Muniment archive: an SQLite 3 database that any SQLite browser can open.
It holds sources (letters, articles, books, scans ...), the words of each, and the quantities in them.
sources: one row a thing described and kept; parent_id makes the tree; level is fonds, series, file or item.
originals: the bytes each source came from, with their SHA-256.
texts: what a source says. A text is never changed: a correction is a new row with the next version.
passages: paragraph-sized slices of a text. start and "end" count Unicode characters (code points) from 0,
  half-open, so the passage's text is the characters start to end of its text.
figures: quantities stated in a passage. value is in the plain unit; value_high is the other end of a range.
  date is the period the figure speaks of, in EDTF (ISO 8601-2); earliest and latest are its first and last
  day as proleptic Gregorian day numbers (day 1 is 0001-01-01), NULL where open.
  status says whether a person has judged it: proposed, accepted, edited, rejected; proposal is what the
  program had read before a person edited it (JSON), grammar the version of its rules.
periods: dates and spans named in the texts, by the same rules.
series and series_figures: figures of one thing in one unit, gathered to be compared.
annotations, tags, taggings, links: what people added; exact, prefix and suffix are W3C text quote selectors.
alignments: passages of two sources that a person joined or parted in a comparison.
plots and searches: pictures and queries kept under a name.
names and name_variants: people, bodies and places, with their other spellings. accessions: what came in when,
  from whom. fixity_checks: when the originals were last read against their SHA-256, and what was found.
findings: what the program noticed and a person may judge.
history and history_rows: every change, with each row before and after, as JSON.
imports: one row an import; the sources of one without completed_at are not finished and not shown.
passages_fts: the search index over passages (FTS5); it can be rebuilt from passages at any time.
index_terms: the words of the index with the number of passages that hold them.
A source with deleted_at lies in the bin. A source with restricted = 1 is left out of exports.
The views figures_with_sources, passages_with_sources and source_paths join what belongs together.
meta: the archive's title and identity, the format and the program that wrote it last.
No network is needed, and nothing in this file runs by itself.
"""


@migrations()
def m001_the_archive(db: Database) -> None:
    """Sources, originals, texts, passages, figures and everything people add."""
    db.executescript(_TABLES)
    db.executescript(_INDEX)
    db.executescript(_VIEWS)
    lines = [line for line in _READ_ME.strip().splitlines()]
    db.conn.executemany("INSERT INTO read_me (line, text) VALUES (?, ?)", enumerate(lines, 1))


_TABLES = """
    CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE read_me (
        line INTEGER PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE people (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL
    ) STRICT;

    CREATE TABLE accessions (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        number TEXT,
        received TEXT,
        received_from TEXT,
        provenance TEXT,
        notes TEXT
    ) STRICT;

    CREATE TABLE imports (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        started_at TEXT NOT NULL,
        completed_at TEXT,
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        report TEXT
    ) STRICT;

    CREATE TABLE originals (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL CHECK (size >= 0),
        media_type TEXT,
        file_name TEXT,
        path TEXT,
        bytes BLOB,
        taken_in_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        parent_id INTEGER REFERENCES sources(id) ON DELETE SET NULL,
        position INTEGER NOT NULL DEFAULT 0,
        level TEXT NOT NULL DEFAULT 'item',
        reference_code TEXT,
        title TEXT NOT NULL,
        creator TEXT,
        date TEXT,
        earliest INTEGER,
        latest INTEGER,
        language TEXT,
        genre TEXT,
        rights TEXT,
        notes TEXT,
        description TEXT NOT NULL DEFAULT '{}',
        restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
        original_id INTEGER REFERENCES originals(id) ON DELETE SET NULL,
        file_name TEXT,
        encoding TEXT,
        part_start INTEGER,
        part_end INTEGER CHECK (part_end IS NULL OR part_end >= part_start),
        import_id INTEGER REFERENCES imports(id) ON DELETE SET NULL,
        accession_id INTEGER REFERENCES accessions(id) ON DELETE SET NULL,
        text_id INTEGER REFERENCES texts(id) ON DELETE SET NULL,
        grammar TEXT,
        passages INTEGER NOT NULL DEFAULT 0,
        added_at TEXT NOT NULL,
        deleted_at TEXT
    ) STRICT;
    CREATE INDEX sources_by_parent ON sources (parent_id, position, id);
    CREATE INDEX sources_by_original ON sources (original_id);
    CREATE INDEX sources_by_import ON sources (import_id);

    CREATE TABLE texts (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
        version INTEGER NOT NULL CHECK (version >= 1),
        text TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        made_at TEXT NOT NULL,
        reason TEXT,
        UNIQUE (source_id, version)
    ) STRICT;

    CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
        text_id INTEGER NOT NULL REFERENCES texts(id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        kind TEXT NOT NULL CHECK (kind IN ('paragraph', 'heading', 'list', 'quotation',
                                           'footnote', 'table', 'boilerplate')),
        level INTEGER NOT NULL DEFAULT 0,
        page TEXT,
        text TEXT NOT NULL,
        words TEXT,
        UNIQUE (text_id, ordinal)
    ) STRICT;
    CREATE INDEX passages_by_source ON passages (source_id, text_id, ordinal);
    CREATE INDEX passages_by_kind ON passages (kind) WHERE kind <> 'paragraph';

    CREATE TABLE figures (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
        text_id INTEGER NOT NULL REFERENCES texts(id) ON DELETE CASCADE,
        passage_id INTEGER NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        text TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('money', 'count', 'percent', 'duration', 'mass', 'other')),
        value REAL NOT NULL CHECK (abs(value) < 1e300),
        value_high REAL CHECK (value_high IS NULL OR abs(value_high) < 1e300),
        approx TEXT NOT NULL CHECK (approx IN ('exact', 'about', 'almost', 'more_than',
                                               'less_than', 'up_to')),
        unit TEXT,
        per TEXT,
        of TEXT,
        giver TEXT,
        receiver TEXT,
        modality TEXT,
        nature TEXT,
        date TEXT,
        date_basis TEXT NOT NULL CHECK (date_basis IN ('stated', 'relative', 'inherited',
                                                       'document', 'none')),
        earliest INTEGER,
        latest INTEGER,
        confidence REAL NOT NULL DEFAULT 1.0 CHECK (confidence BETWEEN 0 AND 1),
        doubts TEXT NOT NULL DEFAULT '[]',
        rules TEXT NOT NULL DEFAULT '[]',
        why TEXT NOT NULL DEFAULT '[]',
        status TEXT NOT NULL DEFAULT 'proposed'
            CHECK (status IN ('proposed', 'accepted', 'edited', 'rejected')),
        grammar TEXT,
        proposal TEXT
    ) STRICT;
    CREATE INDEX figures_by_source ON figures (source_id, start);
    CREATE INDEX figures_by_passage ON figures (passage_id);
    CREATE INDEX figures_by_unit ON figures (unit, earliest);
    CREATE INDEX figures_by_status ON figures (status, id);
    CREATE INDEX figures_by_days ON figures (earliest, latest, passage_id);

    CREATE TABLE periods (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
        text_id INTEGER NOT NULL REFERENCES texts(id) ON DELETE CASCADE,
        passage_id INTEGER NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        text TEXT NOT NULL,
        date TEXT NOT NULL,
        basis TEXT NOT NULL CHECK (basis IN ('stated', 'relative')),
        earliest INTEGER,
        latest INTEGER
    ) STRICT;
    CREATE INDEX periods_by_source ON periods (source_id, start);
    CREATE INDEX periods_by_passage ON periods (passage_id);
    CREATE INDEX periods_by_days ON periods (earliest, latest, passage_id);

    CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        unit TEXT,
        nature TEXT,
        status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'kept')),
        notes TEXT
    ) STRICT;
    CREATE TABLE series_figures (
        id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series(id) ON DELETE CASCADE,
        figure_id INTEGER NOT NULL REFERENCES figures(id) ON DELETE CASCADE,
        reading TEXT NOT NULL DEFAULT 'alternative'
            CHECK (reading IN ('chosen', 'alternative', 'excluded')),
        reason TEXT,
        UNIQUE (series_id, figure_id)
    ) STRICT;
    CREATE INDEX series_figures_by_figure ON series_figures (figure_id);

    CREATE TABLE plots (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT '{}',
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        made_at TEXT NOT NULL,
        changed_at TEXT
    ) STRICT;

    CREATE TABLE searches (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        sort TEXT,
        seen_import_id INTEGER,
        seen_total INTEGER,
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        made_at TEXT NOT NULL,
        looked_at TEXT
    ) STRICT;

    CREATE TABLE annotations (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL
            CHECK (kind IN ('highlight', 'note', 'bookmark', 'memo', 'journal')),
        source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
        text_id INTEGER REFERENCES texts(id) ON DELETE SET NULL,
        start INTEGER CHECK (start IS NULL OR start >= 0),
        "end" INTEGER CHECK ("end" IS NULL OR "end" >= start),
        exact TEXT,
        prefix TEXT,
        suffix TEXT,
        figure_id INTEGER REFERENCES figures(id) ON DELETE CASCADE,
        series_id INTEGER REFERENCES series(id) ON DELETE CASCADE,
        finding_id INTEGER REFERENCES findings(id) ON DELETE CASCADE,
        plot_id INTEGER REFERENCES plots(id) ON DELETE CASCADE,
        body TEXT,
        colour TEXT,
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        made_at TEXT NOT NULL,
        changed_at TEXT,
        orphaned_at TEXT,
        deleted_at TEXT
    ) STRICT;
    CREATE INDEX annotations_by_source ON annotations (source_id, start);
    CREATE INDEX annotations_by_figure ON annotations (figure_id);

    CREATE TABLE tags (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        parent_id INTEGER REFERENCES tags(id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        colour TEXT,
        letter TEXT,
        description TEXT
    ) STRICT;
    CREATE TABLE taggings (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
        annotation_id INTEGER REFERENCES annotations(id) ON DELETE CASCADE,
        source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
        figure_id INTEGER REFERENCES figures(id) ON DELETE CASCADE,
        CHECK ((annotation_id IS NOT NULL) + (source_id IS NOT NULL) + (figure_id IS NOT NULL) = 1)
    ) STRICT;
    CREATE INDEX taggings_by_tag ON taggings (tag_id);
    CREATE INDEX taggings_by_annotation ON taggings (annotation_id);

    CREATE TABLE links (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        relation TEXT NOT NULL,
        from_annotation_id INTEGER REFERENCES annotations(id) ON DELETE CASCADE,
        from_source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
        from_figure_id INTEGER REFERENCES figures(id) ON DELETE CASCADE,
        to_annotation_id INTEGER REFERENCES annotations(id) ON DELETE CASCADE,
        to_source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
        to_figure_id INTEGER REFERENCES figures(id) ON DELETE CASCADE,
        note TEXT,
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        made_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE findings (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL
            CHECK (kind IN ('sum', 'share', 'disagreement', 'ladder', 'numeral', 'name')),
        verdict TEXT,
        stated REAL,
        computed REAL,
        message TEXT NOT NULL,
        arithmetic TEXT NOT NULL DEFAULT '{}',
        source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
        passage_id INTEGER REFERENCES passages(id) ON DELETE CASCADE,
        start INTEGER,
        "end" INTEGER,
        judgement TEXT CHECK (judgement IS NULL OR judgement IN ('confirmed', 'changed', 'dismissed')),
        reason TEXT,
        identity TEXT NOT NULL UNIQUE,
        grammar TEXT
    ) STRICT;
    CREATE INDEX findings_by_source ON findings (source_id, start);
    CREATE TABLE finding_figures (
        id INTEGER PRIMARY KEY,
        finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
        figure_id INTEGER NOT NULL REFERENCES figures(id) ON DELETE CASCADE,
        role TEXT,
        ordinal INTEGER NOT NULL DEFAULT 0,
        UNIQUE (finding_id, figure_id)
    ) STRICT;
    CREATE INDEX finding_figures_by_figure ON finding_figures (figure_id);

    CREATE TABLE alignments (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        passage_a_id INTEGER NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
        passage_b_id INTEGER NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
        verdict TEXT NOT NULL CHECK (verdict IN ('joined', 'parted')),
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        made_at TEXT NOT NULL,
        UNIQUE (passage_a_id, passage_b_id)
    ) STRICT;

    CREATE TABLE names (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'family', 'place')),
        name TEXT NOT NULL,
        notes TEXT
    ) STRICT;
    CREATE TABLE name_variants (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
        variant TEXT NOT NULL
    ) STRICT;
    CREATE INDEX name_variants_by_name ON name_variants (name_id);

    CREATE TABLE fixity_checks (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        originals INTEGER NOT NULL,
        report TEXT NOT NULL DEFAULT '[]',
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL
    ) STRICT;

    CREATE TABLE history (
        id INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        facts TEXT NOT NULL DEFAULT '{}',
        person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
        at TEXT NOT NULL,
        undone_at TEXT
    ) STRICT;
    CREATE TABLE history_rows (
        id INTEGER PRIMARY KEY,
        history_id INTEGER NOT NULL REFERENCES history(id) ON DELETE CASCADE,
        "table" TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT;
    CREATE INDEX history_rows_by_change ON history_rows (history_id, id);
"""

_INDEX = """
    CREATE VIEW passage_words AS
        SELECT id, coalesce(words, text) AS words
          FROM passages;

    CREATE VIRTUAL TABLE passages_fts USING fts5(
        words, content='passage_words', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2'
    );

    -- No insert trigger: it makes an import 2.3 times as long; db/ingest.py writes the index itself.
    CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
        INSERT INTO passages_fts (passages_fts, rowid, words)
        VALUES ('delete', old.id, coalesce(old.words, old.text));
    END;
    CREATE TRIGGER passages_changed AFTER UPDATE OF text, words ON passages BEGIN
        INSERT INTO passages_fts (passages_fts, rowid, words)
        VALUES ('delete', old.id, coalesce(old.words, old.text));
        INSERT INTO passages_fts (rowid, words)
        VALUES (new.id, coalesce(new.words, new.text));
    END;

    CREATE VIRTUAL TABLE index_terms USING fts5vocab(passages_fts, row);

"""

_VIEWS = """
    CREATE VIEW figures_with_sources AS
        SELECT figures.id, sources.title AS source, sources.reference_code, figures.text, figures.value,
               figures.value_high, figures.approx, figures.unit, figures.per, figures.of,
               figures.date, figures.date_basis, figures.status, passages.text AS passage,
               figures.start, figures."end"
          FROM figures
          JOIN passages ON passages.id = figures.passage_id
          JOIN sources ON sources.id = figures.source_id
         WHERE sources.deleted_at IS NULL;

    CREATE VIEW passages_with_sources AS
        SELECT passages.id, sources.title AS source, passages.ordinal, passages.kind, passages.page,
               passages.start, passages."end", passages.text
          FROM passages
          JOIN sources ON sources.id = passages.source_id
         WHERE sources.deleted_at IS NULL AND passages.text_id = sources.text_id;

    CREATE VIEW source_paths AS
        WITH RECURSIVE path (id, title, depth) AS (
            SELECT id, title, 0 FROM sources WHERE parent_id IS NULL
            UNION ALL
            SELECT sources.id, path.title || ' / ' || sources.title, path.depth + 1
              FROM sources
              JOIN path ON path.id = sources.parent_id
             WHERE path.depth < 20
        )
        SELECT id, title AS path, depth FROM path;
"""
