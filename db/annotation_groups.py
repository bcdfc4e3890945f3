"""The annotations counted by source, kind, colour, person or tag."""

from typing import TYPE_CHECKING, Literal

from db.annotations import JOINED, SHOWN, STATES

if TYPE_CHECKING:
    from db.archive import Archive

Grouping = Literal["source", "kind", "colour", "person", "tag"]


def groups(archive: "Archive", by: Grouping) -> list[tuple[int | str, str, int]]:
    """What there is to narrow to: (key, name, how many), those with most first.

    The key is the source's or the tag's id, else the word itself ("" where there is none).
    """
    key, name, more = _GROUPINGS[by]
    sql = f"""
        SELECT {key}, {name}, count(*) {JOINED} {more}
         WHERE {SHOWN} AND {STATES["present"]}
         GROUP BY 1 ORDER BY count(*) DESC, 2, 1
    """
    found = archive.reading().execute(sql).fetchall()
    return [(each, str(named), int(count)) for each, named, count in found if each is not None]


_GROUPINGS: dict[Grouping, tuple[str, str, str]] = {
    "source": ("sources.id", "coalesce(sources.title, '')", ""),
    "kind": ("annotations.kind", "annotations.kind", ""),
    "colour": ("coalesce(annotations.colour, '')", "coalesce(annotations.colour, '')", ""),
    "person": ("coalesce(people.name, '')", "coalesce(people.name, '')", ""),
    "tag": (
        "tags.id",
        "tags.name",
        "JOIN taggings ON taggings.annotation_id = annotations.id"
        " JOIN tags ON tags.id = taggings.tag_id",
    ),
}
