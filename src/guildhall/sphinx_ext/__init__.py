"""Guildhall inside Sphinx: thin glue between records and documents."""
