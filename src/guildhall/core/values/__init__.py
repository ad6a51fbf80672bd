"""Plain values of records: numbers, ranges, dates and identifiers; no Sphinx, no pydantic."""
