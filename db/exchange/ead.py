"""Finding aids: the tree of descriptions as EAD3 and EAD 2002, without the texts themselves."""

from collections.abc import Callable
from typing import BinaryIO

from db import edtf, names
from db.archive import now, version
from db.exchange import xml_tree
from db.exchange.chosen import Chosen, Outgoing
from db.exchange.isad import ELEMENTS, LANGUAGES, RESTRICTED, RIGHTS
from db.exchange.xml_tree import Element, add

Progress = Callable[[int, int, str], None]

EAD3 = "http://ead3.archivists.org/schema/"
EAD2002 = "urn:isbn:1-931666-22-9"
_LEVELS = ("fonds", "series", "file", "item")


def write_3(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """EAD3, release 1.1."""
    ead = xml_tree.root(EAD3, "ead")
    control = add(ead, "control", langencoding="iso639-2b", dateencoding="iso8601")
    add(control, "recordid", going.archive.uuid)
    titles = add(add(control, "filedesc"), "titlestmt")
    add(titles, "titleproper", going.archive.title)
    add(control, "maintenancestatus", value="new")
    add(add(control, "maintenanceagency"), "agencyname", going.archive.title)
    event = add(add(control, "maintenancehistory"), "maintenanceevent")
    add(event, "eventtype", value="created")
    moment = now()
    add(event, "eventdatetime", moment, standarddatetime=moment[:19])
    add(event, "agenttype", value="machine")
    add(event, "agent", f"Muniment {version()}")
    return _write(going, file, progress, ead)


def write_2002(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    """EAD 2002 in the namespace of its schema."""
    ead = xml_tree.root(EAD2002, "ead")
    header = add(ead, "eadheader", langencoding="iso639-2b", dateencoding="iso8601")
    add(header, "eadid", going.archive.uuid)
    titles = add(add(header, "filedesc"), "titlestmt")
    add(titles, "titleproper", going.archive.title)
    creation = add(add(header, "profiledesc"), "creation", f"Muniment {version()}, ")
    add(creation, "date", now()[:10])
    return _write(going, file, progress, ead)


def _write(going: Chosen, file: BinaryIO, progress: Progress, ead: Element) -> int:
    top = [at for at, each in enumerate(going) if each.parent is None]
    if len(top) == 1:
        description = _described(ead, "archdesc", going.sources[top[0]])
    else:
        # Several trees side by side: the archive itself is what the finding aid describes.
        description = add(ead, "archdesc", level="otherlevel", otherlevel="archive")
        add(add(description, "did"), "unittitle", going.archive.title)
    # A tree of components by hand, not by recursion: one may lie deeper than Python likes.
    made: dict[int | None, Element] = {None: description}
    if len(top) == 1:
        made[top[0]] = description
    for at, each in enumerate(going):
        progress(at, len(going), each.source.title)
        if at in made:
            continue
        above = made[each.parent]
        if above is description:
            found = above.find("{*}dsc")
            above = add(above, "dsc", **_dsc(ead)) if found is None else found
        made[at] = _described(above, "c", each)
    xml_tree.write(file, ead)
    progress(len(going), len(going), "")
    return len(going)


def _dsc(ead: Element) -> dict[str, str]:
    return {"dsctype" if _is_3(ead) else "type": "combined"}


def _is_3(element: Element) -> bool:
    return element.tag.startswith(f"{{{EAD3}}}")


def _described(parent: Element, tag: str, each: Outgoing) -> Element:
    """The source as archdesc or component: identification first, the paragraphs after it."""
    source = each.source
    level = source.level if source.level in _LEVELS else "otherlevel"
    made = add(
        parent, tag, level=level, id=f"u-{source.uuid}",
        otherlevel=source.level if level == "otherlevel" else None,
    )  # fmt: skip
    is_3 = _is_3(made)
    did = add(made, "did")
    add(did, "unittitle", source.title)
    if source.reference_code:
        add(did, "unitid", source.reference_code)
    if source.creator:
        name = add(add(did, "origination"), "name")
        add(name, "part", source.creator) if is_3 else _say(name, source.creator)
    if source.date:
        add(did, "unitdate", _date_in_words(source.date), normal=normal(source.date))
    if source.language:
        code, words = LANGUAGES.get(source.language, (source.language, source.language))
        code_ = code if len(code) == 3 and code.isascii() and code.isalpha() else None
        add(add(did, "langmaterial"), "language", words, langcode=code_)
    if "extent" in each.description:
        extent = add(did, "physdesc")
        _say(extent, each.description["extent"]) if is_3 else add(
            extent, "extent", each.description["extent"]
        )
    for key, element in ELEMENTS.items():
        if key != "extent" and key in each.description:
            _paragraphs(made, element, each.description[key])
    if source.restricted:
        _paragraphs(made, "accessrestrict", RESTRICTED)
    if source.rights:
        # Marked, so that it comes back as what it is and not as conditions of reproduction.
        _paragraphs(made, "userestrict", source.rights).set("altrender", RIGHTS)
    if source.notes:
        _paragraphs(made, "odd", source.notes)
    for key in sorted(each.description.keys() - ELEMENTS.keys() - {"coverage"}):
        _paragraphs(made, "odd", each.description[key], head=key)
    access = [("genreform", source.genre)] if source.genre else []
    places = names.places_in(each.description.get("coverage", ""))
    access += [("geogname", place) for place in places]
    access += [("subject", tag) for tag in each.tags]
    if access:
        points = add(made, "controlaccess")
        for name_, words in access:
            point = add(points, name_)
            add(point, "part", words) if is_3 else _say(point, words)
    return made


def _say(element: Element, words: str) -> None:
    element.text = xml_tree.text(words)


def _paragraphs(parent: Element, tag: str, words: str, head: str | None = None) -> Element:
    made = add(parent, tag)
    if head is not None:
        add(made, "head", head)
    for paragraph in words.split("\n\n"):
        add(made, "p", paragraph)
    return made


def _date_in_words(date: str) -> str:
    words = edtf.in_words(date)
    # What a reader of the finding aid sees must also be what a program reads back.
    return words if edtf.from_words(words) == date else date


def normal(date: str) -> str | None:
    """An EDTF date as EAD's `normal`: a day, or first and last day; None where either is open."""
    earliest, latest = edtf.bounds(date)
    if earliest is None or latest is None:
        return None
    first, last = earliest.isoformat(), latest.isoformat()
    return first if first == last else f"{first}/{last}"
