"""An archive with everything people add, and what of it must survive an exchange."""

from dataclasses import replace

from db import annotations, links, series, tags
from db.exchange import chosen, notes
from db.records import Target
from tests.db.annotated_archive import LETTER, REPORT, add_figure, add_source

ARABIC = "رسالة من الميناء 🚢\n\nوصلت ثلاثون برميلا من الزيت.\n"


def fill(archive):
    """Sources, a figure and a series; returns their ids by name. Nothing that people add."""
    archive.person = "Ada Reed"
    letter, _ = add_source(archive, "Letter", LETTER)
    report, report_text = add_source(archive, "Report", REPORT)
    arabic, _ = add_source(archive, "رسالة", ARABIC)
    at = REPORT.index("two hands")
    figure = add_figure(archive, report, report_text, at, at + 9)
    made = series.make(archive, "Hurt", [figure])
    return {"letter": letter, "report": report, "arabic": arabic, "figure": figure, "series": made}


def annotate(archive, ids):
    """One of each kind of annotation, tag and link."""
    fire = tags.at_path(archive, "events/fire")
    people = tags.at_path(archive, "people")
    tags.change(archive, fire, colour="red", description="What burned")
    mill = LETTER.index("the mill")
    flame = LETTER.index("🔥")
    first = annotations.add(
        archive, "highlight", Target(ids["letter"], mill, mill + 8), colour="yellow",
        tag_ids=[fire, people],
    )  # fmt: skip
    annotations.add(
        archive, "note", Target(ids["letter"], flame, flame + 10), body="A sign & <a> note 🙂"
    )
    archive.person = "Olav Berg"
    word = ARABIC.index("ثلاثون")
    annotations.add(archive, "note", Target(ids["arabic"], word, word + 6), body="ثلاثون = 30")
    annotations.add(archive, "bookmark", Target(ids["report"], 0, 4))
    annotations.add(archive, "memo", Target(source_id=ids["report"]), body="Of the source")
    annotations.add(archive, "memo", Target(figure_id=ids["figure"]), body="Of a figure")
    annotations.add(archive, "memo", Target(series_id=ids["series"]), body="Of a series")
    annotations.add(archive, "journal", Target(), body="A day in the archive")
    tags.put(archive, [people], [Target(source_id=ids["letter"]), Target(figure_id=ids["figure"])])
    links.add(
        archive, "contradicts", Target(annotation_id=first), Target(figure_id=ids["figure"]),
        note="Tuesday or Monday?",
    )  # fmt: skip
    links.add(archive, "tells of", Target(source_id=ids["letter"]), Target(ids["report"], 0, 4))
    return first


def told(archive):
    """What people added, without the row ids that differ from archive to archive."""
    going = chosen.choose(archive)
    added = notes.added(going)
    uuids = {each.source.id: each.source.uuid for each in going}
    names = {note.id: note.uuid for note in added.notes}
    rows = []
    for note in added.notes:
        bare = replace(
            note, id=0, person_uuid=None, source_id=uuids.get(note.source_id or 0), tags=()
        )
        rows.append((bare, tuple(sorted(added.path(tag) for tag in note.tags))))

    def end(each):
        kind, row_id = each
        return names[row_id] if kind == "annotation" else (kind, row_id)

    return {
        "notes": sorted(rows, key=lambda row: row[0].uuid),
        "tags": sorted(added.path(tag.id) for tag in added.tags),
        "links": sorted(
            (link.uuid, link.relation, end(link.origin), end(link.target), link.note, link.made_at)
            for link in added.links
        ),
        "carried": sorted((added.path(each.tag_id), each.carrier) for each in added.carried),
    }
