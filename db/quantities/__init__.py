"""The grammar of figures: text in, figures and periods out. Knows no archive."""
