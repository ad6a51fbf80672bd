"""Everything that is wrong on the generated site."""

from __future__ import annotations

from tests.bench.links.faults_of_content import CONTENT
from tests.bench.links.faults_of_links import PAGES_AND_ANCHORS
from tests.bench.links.faults_of_metadata import METADATA
from tests.bench.links.faults_of_resources import RESOURCES
from tests.bench.links.seeds import Seed

FAULTS: tuple[Seed, ...] = PAGES_AND_ANCHORS + RESOURCES + METADATA + CONTENT
"""All faults, each with a page of its own."""
