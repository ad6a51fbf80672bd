"""Builds that work aside and take the place of the last good site at once."""
