"""Sphinx configuration of the portal; names, addresses and looks are in portal.yml beside it."""

extensions = ["guildhall"]
