"""Directives, usable on any Markdown or reStructuredText page."""
