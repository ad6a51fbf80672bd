"""The version of Guildhall."""

__version__ = "0.1.0"
