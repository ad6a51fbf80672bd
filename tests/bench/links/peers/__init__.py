"""How each checker is run, and how what it prints is read."""
