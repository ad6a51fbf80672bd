"""All checkers that are measured, ours first."""

from __future__ import annotations

from tests.bench.links.peers.guildhall import GUILDHALL, UNSPACED
from tests.bench.links.peers.html_proofer import HTML_PROOFER
from tests.bench.links.peers.hyperlink import HYPERLINK
from tests.bench.links.peers.linkchecker import LINKCHECKER
from tests.bench.links.peers.linkinator import LINKINATOR
from tests.bench.links.peers.lychee import LYCHEE
from tests.bench.links.peers.sphinx_linkcheck import SPHINX

PEERS = (GUILDHALL, UNSPACED, LINKINATOR, HYPERLINK, HTML_PROOFER, LINKCHECKER, LYCHEE, SPHINX)
