"""Checks of lesson pages, as fast as reading them: no Sphinx, no build."""
