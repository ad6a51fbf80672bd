"""What is wrong, or due, or new: in the sources, on the built pages, and outside."""
