"""The built site, read as a browser and its host would: its links, and what its pages hold."""
