"""People in plain Python: what they did at workshops and for lessons, over the years."""
