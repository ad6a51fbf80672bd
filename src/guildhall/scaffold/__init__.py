"""New lessons and learning paths, from templates that explain themselves."""
