"""What the pages of the built site hold: accessibility, weight, privacy and names."""
