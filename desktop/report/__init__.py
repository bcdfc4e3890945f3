"""Reports: blocks made of an archive's content, written as HTML, DOCX, ODT and PDF."""
