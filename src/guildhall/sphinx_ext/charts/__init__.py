"""Charts as SVG text; no Sphinx, no colours of their own (the theme's classes give them)."""
