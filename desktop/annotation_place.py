"""Where an annotation's words stand, as a place the reader can go to."""

from db.records import Annotation, Span
from desktop.selection import Selected


def place_of(annotation: Annotation) -> Selected | None:
    """Where the words of an annotation stand; None where it is about no source."""
    target = annotation.target
    if target.source_id is None:
        return None
    span = None
    if target.start is not None and target.end is not None and annotation.orphaned_at is None:
        span = Span(target.start, target.end)
    return Selected(source_id=target.source_id, span=span)
