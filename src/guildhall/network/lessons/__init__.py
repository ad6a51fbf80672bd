"""Lessons as files: what is read of them before Sphinx reads them, in plain Python."""
