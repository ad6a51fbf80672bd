"""Templates of records and of parts of pages: found, tried, rendered."""
