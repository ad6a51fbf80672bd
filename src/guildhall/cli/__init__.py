"""The command ``guildhall``."""
