"""Lessons in Sphinx: many lessons in one project, each with a scope of its own."""
