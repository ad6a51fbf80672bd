"""Workshops and people on pages: each module registers its own directives and files."""
