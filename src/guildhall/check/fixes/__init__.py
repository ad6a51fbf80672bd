"""Mends what is safe to mend in source files, and leaves every other byte as it is."""
