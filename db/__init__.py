"""The archive: sources, passages, figures and what people note. No Qt, no wording."""
