"""What a change of the portal does to its numbers, addresses and times; no Sphinx."""
