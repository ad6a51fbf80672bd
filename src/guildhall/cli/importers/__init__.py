"""Brings records in from files of other sites, again and again; what a format means is a plug-in's.

An importer (:mod:`~guildhall.cli.importers.importer`) reads a source, in which the place of every
value is known (:mod:`~guildhall.cli.importers.source`), and proposes records. They are joined with
what people changed by hand since (:mod:`~guildhall.cli.importers.merge`), and written so that
nothing else of a file changes (:mod:`~guildhall.cli.importers.rewrite`), all of them or none.
"""
