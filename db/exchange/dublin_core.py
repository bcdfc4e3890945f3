"""Descriptions in the fifteen elements of Dublin Core, as CSV and XML."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from db import names
from db.exchange import tables, xml_tree
from db.exchange.chosen import Chosen, Outgoing
from db.exchange.tables import Column
from db.exchange.xml_tree import add

Progress = Callable[[int, int, str], None]

ELEMENTS = (
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
    "format", "identifier", "source", "language", "relation", "coverage", "rights",
)  # fmt: skip
BETWEEN = " | "  # between the values of one element in a cell
DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
# Keys of a source's description that are Dublin Core's, too.
_MORE = {
    "publisher": "publisher", "contributor": "contributor",
    "scope": "description", "extent": "format", "related_units": "relation",
    "access": "rights", "reproduction": "rights",
}  # fmt: skip


def write_csv(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """A row a source; several values of an element are parted by “ | ”."""
    columns = [Column(name) for name in ELEMENTS]

    def rows() -> Iterator[list[str | None]]:
        for at, each in enumerate(going):
            progress(at, len(going), each.source.title)
            said = elements(going, each)
            yield [BETWEEN.join(said[name]) if name in said else None for name in ELEMENTS]

    count = tables.write_csv(file, columns, rows())
    progress(len(going), len(going), "")
    return count


def write_xml(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """An oai_dc record a source, all in one element `records`."""
    from lxml import etree

    records = etree.Element("records", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for at, each in enumerate(going):
        progress(at, len(going), each.source.title)
        record = etree.SubElement(records, f"{{{OAI_DC}}}dc")
        for name, values in elements(going, each).items():
            for value in values:
                add(record, f"{{{DC}}}{name}", value)
    xml_tree.write(file, records)
    progress(len(going), len(going), "")
    return len(going)


def elements(going: Chosen, each: Outgoing) -> dict[str, list[str]]:
    """What is known of a source by Dublin Core's names; `date` is EDTF."""
    source = each.source
    found: dict[str, list[str]] = {}

    def say(name: str, value: str | None) -> None:
        if value:
            found.setdefault(name, []).append(value)

    say("title", source.title)
    say("creator", source.creator)
    for tag in each.tags:
        say("subject", tag)
    say("date", source.date)
    say("type", source.genre)
    say("format", source.media_type)
    say("identifier", source.reference_code)
    say("identifier", f"urn:uuid:{source.uuid}")
    say("source", source.file_name)
    say("language", source.language)
    say("rights", source.rights)
    for key, name in _MORE.items():
        say(name, each.description.get(key))
    for place in names.places_in(each.description.get("coverage", "")):
        say("coverage", place)
    say("description", source.notes)
    if each.parent is not None:
        above = going.sources[each.parent].source
        say("relation", f"Is part of: {above.reference_code or above.title}")
    return {name: found[name] for name in ELEMENTS if name in found}
