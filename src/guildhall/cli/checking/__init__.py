"""The check of a portal, its site and the sites that it links to."""
