"""Brings workshops and people from files of other sites into a portal, again and again.

A source is read with the place of every value (:mod:`~guildhall.importing.source`), turned into
records (:mod:`~guildhall.importing.events`, :mod:`~guildhall.importing.schedule`), joined with what
people changed by hand since (:mod:`~guildhall.importing.merge`), and written so that nothing else
of a file changes (:mod:`~guildhall.importing.rewrite`).
"""
