"""What the records mean together: sums, programmes, paths, appearances, statistics."""
