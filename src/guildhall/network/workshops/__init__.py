"""Workshops in plain Python: their times, their state on a day, what is published of them."""
