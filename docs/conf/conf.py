"""Sphinx configuration of the documentation, which is a Guildhall portal itself."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "extensions"))

extensions = ["guildhall", "guildhall_reference"]
