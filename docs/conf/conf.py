"""Sphinx configuration of the documentation, which is a Guildhall portal itself."""

extensions = ["guildhall", "guildhall.sphinx_ext.reference"]
