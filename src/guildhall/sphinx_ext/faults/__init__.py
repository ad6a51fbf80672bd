"""Faults of a build, as Sphinx tells them, and pages that programs stumble over."""
