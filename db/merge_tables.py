"""How the rows of each table are told apart and compared when two archives are merged."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what its columns refer to, which stand or fall together, what makes rows one.

    A row is known by its uuid; `alike` are columns by which rows of two uuids are one all the
    same. `loose` references may be lost without the row losing its sense; `local` columns belong
    to one archive and are neither compared nor changed; `left` do not come with a new row either.
    """

    name: str
    references: Mapping[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    units: tuple[tuple[str, ...], ...] = ()
    alike: tuple[str, ...] = ()
    local: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    has_uuid: bool = True

    def unit_of(self, column: str) -> tuple[str, ...]:
        """The columns that are decided together with this one."""
        return next((unit for unit in self.units if column in unit), (column,))


ALWAYS_LOCAL = frozenset({"id", "uuid", "made_at", "added_at", "person_id", "changed_at"})

SOURCES = Table(
    "sources",
    {
        "parent_id": "sources",
        "accession_id": "accessions",
        "text_id": "texts",
        "original_id": "originals",
    },
    loose=frozenset({"parent_id", "accession_id", "text_id", "original_id"}),
    units=(("date", "earliest", "latest"), ("text_id", "passages", "original_id")),
    local=frozenset({"import_id", "grammar", "file_name", "encoding", "part_start", "part_end"}),
)
ACCESSIONS = Table("accessions")
SERIES = Table("series", units=(("name", "unit", "nature", "status"),))
SERIES_FIGURES = Table(
    "series_figures",
    {"series_id": "series", "figure_id": "figures"},
    units=(("reading", "reason"),),
    alike=("series_id", "figure_id"),
    has_uuid=False,
)
PLOTS = Table("plots", {"person_id": "people"}, loose=frozenset({"person_id"}))
_SEEN = frozenset({"seen_import_id", "seen_total", "looked_at"})
SEARCHES = Table(
    "searches",
    {"person_id": "people"},
    loose=frozenset({"person_id"}),
    units=(("query", "sort"),),
    local=_SEEN,
    left=_SEEN,  # by their imports; here nobody has looked yet
)
ANNOTATIONS = Table(
    "annotations",
    {
        "source_id": "sources",
        "text_id": "texts",
        "figure_id": "figures",
        "series_id": "series",
        "finding_id": "findings",
        "plot_id": "plots",
        "person_id": "people",
    },
    loose=frozenset({"text_id", "person_id"}),
    units=(
        ("source_id", "text_id", "start", "end", "exact", "prefix", "suffix", "orphaned_at"),
        ("figure_id", "series_id", "finding_id", "plot_id"),
    ),
)
TAGS = Table(
    "tags", {"parent_id": "tags"}, loose=frozenset({"parent_id"}), alike=("parent_id", "name")
)
TAGGINGS = Table(
    "taggings",
    {
        "tag_id": "tags",
        "annotation_id": "annotations",
        "source_id": "sources",
        "figure_id": "figures",
    },
    units=(("annotation_id", "source_id", "figure_id"),),
    alike=("tag_id", "annotation_id", "source_id", "figure_id"),
)
LINKS = Table(
    "links",
    {
        "from_annotation_id": "annotations",
        "from_source_id": "sources",
        "from_figure_id": "figures",
        "to_annotation_id": "annotations",
        "to_source_id": "sources",
        "to_figure_id": "figures",
        "person_id": "people",
    },
    loose=frozenset({"person_id"}),
)
ALIGNMENTS = Table(
    "alignments",
    {"passage_a_id": "passages", "passage_b_id": "passages", "person_id": "people"},
    loose=frozenset({"person_id"}),
    alike=("passage_a_id", "passage_b_id"),
)
NAMES = Table("names", alike=("kind", "name"))
NAME_VARIANTS = Table("name_variants", {"name_id": "names"}, alike=("name_id", "variant"))
FINDINGS = Table(
    "findings",
    {"source_id": "sources", "passage_id": "passages"},
    units=(("judgement", "reason", "kind", "verdict"),),
    alike=("identity",),
    local=frozenset(
        {
            "stated", "computed", "message", "arithmetic", "source_id", "passage_id", "start",
            "end", "identity", "grammar",
        }
    ),
)  # fmt: skip
READING = (
    "status", "kind", "value", "value_high", "approx", "unit", "per", "of", "giver", "receiver",
    "modality", "nature", "date", "date_basis", "start", "end",
)  # fmt: skip
FIGURES = Table(
    "figures",
    {"source_id": "sources", "text_id": "texts"},
    units=(
        ("status",),
        ("start", "end", "text", "source_id", "text_id"),
        ("kind", "value", "value_high", "approx"),
        ("unit", "per"),
        ("giver", "receiver"),
        ("date", "date_basis", "earliest", "latest"),
    ),
)

# Parents before children: what a row refers to has come when its turn does.
AFTER_FIGURES = (
    SERIES, SERIES_FIGURES, PLOTS, SEARCHES, FINDINGS, ANNOTATIONS, TAGS, TAGGINGS, LINKS,
    ALIGNMENTS, NAMES, NAME_VARIANTS,
)  # fmt: skip
