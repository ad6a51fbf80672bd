"""Which software makes a site; a site made by other software is made anew."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path


@cache
def fingerprint() -> str:
    """A digest of Python, of all installed distributions' versions and of Guildhall's own files.

    Sphinx reads a page again where the page or its configuration changed, not where the programs
    that read it did: after an upgrade it would go on with pages of the old ones.
    """
    package = Path(__file__).parents[2]
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(f"{d.metadata['Name']}=={d.version}" for d in distributions()):
        digest.update(name.encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
