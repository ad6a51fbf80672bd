"""Guildhall inside Sphinx: thin glue between records and documents."""

from __future__ import annotations

from guildhall.sphinx_ext.extension import setup_guildhall

__all__ = ["setup_guildhall"]
