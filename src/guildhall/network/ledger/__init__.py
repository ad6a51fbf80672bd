"""Tables, figures and checks computed from records; no Sphinx."""
