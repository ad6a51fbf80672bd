"""The portal inside Sphinx: its settings, its records as a domain, and what pages ask of it."""
