"""Annotations: what people add to spans of text, sources, figures, series, findings and plots.

Each stands on one text version with the words it marks and 32 characters around them (a W3C text
quote selector). Removed ones lie in the bin with their tags and links. Every write is one command.
Long because what is written and what is read are the same columns.
"""

import json
import uuid as uuids
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from db import errors, history
from db.archive import now as now
from db.records import Annotation, AnnotationKind, Target
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive
    from db.history import Recording

CONTEXT = 32  # code points of prefix and suffix
SHORT = 2000  # a longer span is looked for apart, so that a place is found by the index
KINDS: tuple[AnnotationKind, ...] = ("highlight", "note", "bookmark", "memo", "journal")
COLOURS = ("yellow", "green", "blue", "pink", "orange", "violet", "teal", "red", "grey")
Order = Literal["place", "made", "changed", "kind", "colour", "person", "source"]

_TABLES = ("annotations", "taggings", "links")


# -- writing ------------------------------------------------------------------------------------


def add(
    archive: "Archive",
    kind: AnnotationKind,
    target: Target,
    *,
    body: str | None = None,
    colour: str | None = None,
    tag_ids: Sequence[int] = (),
) -> int:
    """A new annotation; returns its id. Raises BadSpan where its words do not exist.

    Signed by `archive.person`. One on a proposed series keeps that series.
    """
    return add_many(archive, kind, [target], body=body, colour=colour, tag_ids=tag_ids)[0]


def add_many(
    archive: "Archive",
    kind: AnnotationKind,
    targets: Sequence[Target],
    *,
    body: str | None = None,
    colour: str | None = None,
    tag_ids: Sequence[int] = (),
) -> list[int]:
    """As `add`, for many targets in one command; ids in the order of `targets`."""
    with history.command(
        archive, f"add {kind}", *_TABLES, "series", facts={"count": len(targets)}
    ) as recording:
        ids = insert(recording, kind, targets, body=body, colour=colour)
        series = {each.series_id for each in targets if each.series_id is not None}
        recording.update("series", sorted(series), {"status": "kept"})
        put_tags(recording, tag_ids, [Target(annotation_id=each) for each in ids])
    return ids


def change(archive: "Archive", ids: Sequence[int], **fields: str | None) -> int:
    """Give annotations another `body`, `colour` or `kind`; how many changed. One command."""
    unknown = fields.keys() - {"body", "colour", "kind"}
    if unknown:
        raise TypeError(f"an annotation has no {sorted(unknown)[0]}")
    with history.command(
        archive, "change annotations", "annotations", facts={"count": len(ids)}
    ) as recording:
        return recording.update("annotations", ids, dict(fields) | {"changed_at": now()})


def remove(archive: "Archive", ids: Sequence[int]) -> int:
    """Put annotations into the bin, tags and links with them; how many. One command."""
    with history.command(
        archive, "remove annotations", *_TABLES, facts={"count": len(ids)}
    ) as recording:
        return recording.update("annotations", _there(recording, ids), {"deleted_at": now()})


def restore(archive: "Archive", ids: Sequence[int]) -> int:
    """Take annotations out of the bin; how many. One command."""
    with history.command(
        archive, "restore annotations", *_TABLES, facts={"count": len(ids)}
    ) as recording:
        return recording.update("annotations", ids, {"deleted_at": None})


def insert(
    recording: "Recording",
    kind: AnnotationKind,
    targets: Sequence[Target],
    *,
    body: str | None = None,
    colour: str | None = None,
) -> list[int]:
    """Add annotations within a command under way; for writers of other files of db."""
    texts = _Texts(recording)
    # Text by text: hits of a search change books at every step, and each is read only once so.
    places: dict[int, dict[str, Any]] = {}
    for at in sorted(range(len(targets)), key=lambda at: _text_of(targets[at])):
        places[at] = _placed(targets[at], texts)
    rows = []
    for at, target in enumerate(targets):
        place = places[at]
        # On a text that was corrected meanwhile: it waits on the shelf, where it is seen.
        is_late = place["text_id"] is not None and place["text_id"] != texts.present(target)
        rows.append(
            {
                "uuid": str(uuids.uuid4()),
                "kind": kind,
                **place,
                "orphaned_at": now() if is_late else None,
                "figure_id": target.figure_id,
                "series_id": target.series_id,
                "finding_id": target.finding_id,
                "plot_id": target.plot_id,
                "body": body,
                "colour": colour,
                "person_id": recording.person_id,
                "made_at": now(),
            }
        )
    return recording.insert_many("annotations", rows)


def standing_on(recording: "Recording", targets: Sequence[Target]) -> list[Target]:
    """The targets with each span replaced by an annotation that stands on it, made if need be.

    Tags and links hold on to annotations: the same words marked twice need only one of them.
    """
    texts = _Texts(recording)
    found: dict[Target, int] = {}
    missing: list[Target] = []
    for target in dict.fromkeys(each for each in targets if each.start is not None):
        text_id = texts.text_id(target)
        row = recording.database.execute(
            'SELECT id FROM annotations WHERE source_id = ? AND start = ? AND "end" = ?'
            " AND text_id = ? AND deleted_at IS NULL AND kind IN ('highlight', 'note')"
            " ORDER BY kind, id",
            [target.source_id, target.start, target.end, text_id],
        ).fetchone()
        if row is None:
            missing.append(target)
        else:
            found[target] = int(row[0])
    found |= dict(zip(missing, insert(recording, "highlight", missing), strict=True))
    return [Target(annotation_id=found[each]) if each in found else each for each in targets]


def put_tags(recording: "Recording", tag_ids: Sequence[int], targets: Sequence[Target]) -> int:
    """Tag annotations, sources and figures within a command; how many taggings are new."""
    refuse_unknown_tags(recording, tag_ids)
    wanted = [
        (tag_id, *each)
        for tag_id in dict.fromkeys(tag_ids)
        for each in dict.fromkeys(carrier(target) for target in targets)
    ]
    there = {
        tuple(row)
        for row in recording.database.execute(
            "SELECT tag_id, annotation_id, source_id, figure_id FROM taggings"
            " WHERE tag_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(tag_ids))],
        ).fetchall()
    }
    names = ("tag_id", "annotation_id", "source_id", "figure_id")
    rows = [
        {"uuid": str(uuids.uuid4())} | dict(zip(names, each, strict=True))
        for each in wanted
        if each not in there
    ]
    return len(recording.insert_many("taggings", rows))


def refuse_unknown_tags(recording: "Recording", tag_ids: Sequence[int]) -> None:
    """Raise UnknownTag unless the archive has them all."""
    for tag_id in tag_ids:
        row = recording.database.execute("SELECT 1 FROM tags WHERE id = ?", [tag_id]).fetchone()
        if row is None:
            raise errors.UnknownTag(tag_id=tag_id)


def selector(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words at a span, and up to 32 code points before and after them."""
    return text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


# -- reading ------------------------------------------------------------------------------------


def get(archive: "Archive", annotation_id: int) -> Annotation:
    """One annotation, in the bin or not; UnknownAnnotation if there is none."""
    found = rows(archive, [annotation_id])
    if annotation_id not in found:
        raise errors.UnknownAnnotation(annotation_id=annotation_id)
    return found[annotation_id]


def rows(archive: "Archive", ids: Sequence[int]) -> dict[int, Annotation]:
    """The annotations by id, those in the bin too; one that has gone is absent."""
    where = "annotations.id IN (SELECT value FROM json_each(:ids))"
    found = _read(archive, where, {"ids": json.dumps(list(ids))})
    return {each.id: each for each in found}


def in_span(archive: "Archive", text_id: int, start: int, end: int) -> list[Annotation]:
    """The annotations that touch [start, end) of a text, in its order; widest first at a place."""
    # Short ones are a range of the index; of the few long ones any may reach in from far above.
    where = """
        annotations.source_id = (SELECT source_id FROM texts WHERE id = :text)
        AND annotations.start >= :from AND annotations.start < :end
        AND annotations.text_id = :text AND annotations."end" > :start
        AND annotations.orphaned_at IS NULL AND annotations.deleted_at IS NULL
    """
    values = {"text": text_id, "start": start, "end": end, "from": max(0, start - SHORT)}
    found = _read(archive, where, values)
    if start > SHORT:
        far = where.replace(">= :from", ">= 0").replace("< :end", "< :from")
        found += _read(archive, far, values)
    return sorted(found, key=lambda each: (each.target.start, -(each.target.end or 0), each.id))


def of(archive: "Archive", target: Target) -> list[Annotation]:
    """What is said of a thing itself: memos and notes of a source, figure, series, finding, plot.

    Of a span: what stands on exactly these words. Of nothing: the journal, latest first.
    """
    values = {
        "source": target.source_id, "figure": target.figure_id, "series": target.series_id,
        "finding": target.finding_id, "plot": target.plot_id, "start": target.start,
        "end": target.end,
    }  # fmt: skip
    where = """
        annotations.deleted_at IS NULL AND annotations.source_id IS :source
        AND annotations.figure_id IS :figure AND annotations.series_id IS :series
        AND annotations.finding_id IS :finding AND annotations.plot_id IS :plot
        AND annotations.start IS :start AND annotations."end" IS :end
    """
    found = _read(archive, where, values)
    return found if any(value is not None for value in values.values()) else found[::-1]


def ids(
    archive: "Archive",
    *,
    kinds: Sequence[AnnotationKind] = (),
    source_id: int | None = None,
    tag_ids: Sequence[int] = (),
    colour: str | None = None,
    person: str | None = None,
    words: str = "",
    state: Literal["present", "orphaned", "removed"] = "present",
    order: Order = "place",
    descending: bool = False,
) -> list[int]:
    """Ids of the annotations that fit, in a total order; `words` in quote, note, tag or source.

    A colour or person of "" stands for annotations without one.
    """
    conditions = [STATES[state]]
    values: dict[str, Any] = {}
    if kinds:
        conditions.append("annotations.kind IN (SELECT value FROM json_each(:kinds))")
        values["kinds"] = json.dumps(list(kinds))
    if tag_ids:
        conditions.append(
            "annotations.id IN (SELECT annotation_id FROM taggings"
            " WHERE tag_id IN (SELECT value FROM json_each(:tags)))"
        )
        values["tags"] = json.dumps(list(tag_ids))
    for name, column, value in (
        ("source_id", "annotations.source_id", source_id),
        ("colour", "annotations.colour", colour),
        ("person", "people.name", person),
    ):
        if value is not None:
            conditions.append(f"{column} = :{name}" if value != "" else f"{column} IS NULL")
            values[name] = value
    if words.strip():
        conditions.append(_WITH_WORDS)
        values["words"] = words.strip().lower()
    by = _ORDERS[order]
    if descending:
        by = ", ".join(f"{part} DESC" for part in by.split(", "))
    where = " AND ".join(conditions)
    sql = f"SELECT annotations.id {_FROM} AND {where} ORDER BY {by}"
    return [int(row[0]) for row in archive.reading().execute(sql, values).fetchall()]


def passage_targets(archive: "Archive", passage_ids: Sequence[int]) -> list[Target]:
    """The spans of passages, in the order of `passage_ids`: what tagging from results tags."""
    sql = """
        SELECT id, source_id, start, "end", text_id FROM passages
         WHERE id IN (SELECT value FROM json_each(?))
    """
    found = archive.reading().execute(sql, [json.dumps(list(passage_ids))]).fetchall()
    spans = {
        int(row[0]): Target(source_id=row[1], start=row[2], end=row[3], text_id=row[4])
        for row in found
    }
    return [spans[each] for each in passage_ids if each in spans]


# -- inside -------------------------------------------------------------------------------------


def carrier(target: Target) -> tuple[int | None, int | None, int | None]:
    """What a tagging refers to: annotation, source or figure; the narrowest that is given."""
    if target.annotation_id is not None:
        return target.annotation_id, None, None
    if target.figure_id is not None:
        return None, None, target.figure_id
    return None, target.source_id, None


class _Texts:
    """The texts that targets stand on, each read once within a command."""

    def __init__(self, recording: "Recording") -> None:
        self._database = recording.database
        self._present: dict[int, int] = {}
        self._text: tuple[int, str] = (-1, "")

    def text_id(self, target: Target) -> int:
        """The text version a span stands on: the one named, else its source's present one."""
        return target.text_id if target.text_id is not None else self.present(target)

    def present(self, target: Target) -> int:
        """The text that a target's source shows."""
        source_id = target.source_id or 0
        if source_id not in self._present:
            row = self._database.execute(
                "SELECT text_id FROM sources WHERE id = ?", [source_id]
            ).fetchone()
            if row is None:
                raise errors.UnknownSource(source_id=source_id)
            self._present[source_id] = int(row[0] or 0)
        return self._present[source_id]

    def text(self, text_id: int) -> str:
        if self._text[0] != text_id:
            row = self._database.execute(
                "SELECT text FROM texts WHERE id = ?", [text_id]
            ).fetchone()
            self._text = (text_id, str(row[0]) if row else "")
        return self._text[1]


def _text_of(target: Target) -> tuple[int, int]:
    return target.source_id or 0, target.text_id or 0


def _placed(target: Target, texts: _Texts) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(
        ("source_id", "text_id", "start", "end", "exact", "prefix", "suffix")
    )
    row["source_id"] = target.source_id
    if target.start is None or target.end is None:
        return row
    text_id = texts.text_id(target)
    text = texts.text(text_id)
    if not 0 <= target.start < target.end <= len(text):
        facts = {"source_id": target.source_id, "start": target.start, "end": target.end}
        raise errors.BadSpan(**facts)
    quoted = selector(text, target.start, target.end)
    row |= {"text_id": text_id, "start": target.start, "end": target.end}
    return row | dict(zip(("exact", "prefix", "suffix"), quoted, strict=True))


def _there(recording: "Recording", ids: Sequence[int]) -> list[int]:
    rows = recording.database.execute(
        "SELECT id FROM annotations WHERE deleted_at IS NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return [int(row[0]) for row in rows.fetchall()]


STATES = {
    "present": "annotations.deleted_at IS NULL AND annotations.orphaned_at IS NULL",
    "orphaned": "annotations.deleted_at IS NULL AND annotations.orphaned_at IS NOT NULL",
    "removed": "annotations.deleted_at IS NOT NULL",
}
_ORDERS: dict[str, str] = {
    "place": "annotations.source_id, annotations.start, annotations.id",
    "made": "annotations.made_at, annotations.id",
    "changed": "coalesce(annotations.changed_at, annotations.made_at), annotations.id",
    "kind": "annotations.kind, annotations.source_id, annotations.start, annotations.id",
    "colour": "annotations.colour, annotations.source_id, annotations.start, annotations.id",
    "person": "people.name, annotations.source_id, annotations.start, annotations.id",
    "source": "sources.title, annotations.source_id, annotations.start, annotations.id",
}
JOINED = """
      FROM annotations
      LEFT JOIN sources ON sources.id = coalesce(annotations.source_id,
           (SELECT source_id FROM figures WHERE figures.id = annotations.figure_id))
      LEFT JOIN people ON people.id = annotations.person_id
"""
SHOWN = f"(sources.id IS NULL OR ({VISIBLE}))"
_FROM = f"{JOINED} WHERE {SHOWN}"
_WITH_WORDS = """
    (instr(lower(coalesce(annotations.exact, '')), :words)
     OR instr(lower(coalesce(annotations.body, '')), :words)
     OR instr(lower(coalesce(sources.title, '')), :words)
     OR EXISTS (SELECT 1 FROM taggings JOIN tags ON tags.id = taggings.tag_id
                 WHERE taggings.annotation_id = annotations.id AND instr(lower(tags.name), :words)))
"""
_ROWS = f"""
    SELECT annotations.id, annotations.uuid, annotations.kind, annotations.source_id,
           annotations.start, annotations."end", annotations.figure_id, annotations.series_id,
           annotations.finding_id, annotations.plot_id, annotations.text_id, sources.title,
           annotations.exact, annotations.prefix, annotations.suffix, annotations.body,
           annotations.colour, people.name, annotations.made_at, annotations.changed_at,
           annotations.orphaned_at, annotations.deleted_at,
           (SELECT json_group_array(tag_id) FROM
              (SELECT tag_id FROM taggings WHERE annotation_id = annotations.id ORDER BY id))
    {_FROM}
"""


def _read(archive: "Archive", where: str, values: dict[str, Any]) -> list[Annotation]:
    sql = f"{_ROWS} AND {where} ORDER BY annotations.id"
    return [_annotation(row) for row in archive.reading().execute(sql, values).fetchall()]


def _annotation(row: Sequence[Any]) -> Annotation:
    row_id, uuid, kind, source_id, start, end, figure, series, finding, plot, text_id, *rest = row
    *fields, tags = rest
    target = Target(
        source_id=source_id, start=start, end=end, figure_id=figure, series_id=series,
        finding_id=finding, plot_id=plot, text_id=text_id,
    )  # fmt: skip
    return Annotation(*[row_id, uuid, kind, target, *fields, tuple(json.loads(tags))])
