"""XML that is always well-formed: text made safe, elements with namespaces, written as UTF-8 with LF."""

import re
from typing import Any, BinaryIO

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no way to say, not even as a reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Element = etree._Element  # noqa: SLF001  its public name in lxml's own stubs


def text(value: object) -> str:
    """`value` as XML can hold it, character for character: what it cannot becomes U+FFFD."""
    return _NOT_XML.sub("\ufffd", str(value))


def root(namespace: str, tag: str) -> Element:
    """The first element of a document, in its default namespace."""
    spaces: dict[Any, str] = {None: namespace}
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=spaces)


def add(parent: Element, tag: str, content: object = None, **attributes: object) -> Element:
    """A new last child in the parent's namespace; attributes that are None are left out.

    An attribute `xml_id` is written as xml:id, and one final underscore is dropped (`from_`).
    """
    if not tag.startswith("{"):
        tag = f"{{{etree.QName(parent).namespace}}}{tag}"
    made = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(_named(name), text(value))
    if content is not None:
        made.text = text(content)
    return made


def write(file: BinaryIO, element: Element, *, pretty: bool = True) -> None:
    """The document whole; `pretty` only where no blank of the text matters."""
    etree.ElementTree(element).write(
        file, encoding="UTF-8", xml_declaration=True, pretty_print=pretty
    )


def _named(name: str) -> str:
    if name.startswith("xml_"):
        return f"{{{XML}}}{name[4:]}"
    return name.rstrip("_").replace("__", "-")
