"""Values, YAML with places, findings and rules, words: what knows nothing of portals."""
