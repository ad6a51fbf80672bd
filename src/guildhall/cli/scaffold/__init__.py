"""New lessons, paths, workshops and people, from templates that explain themselves."""
