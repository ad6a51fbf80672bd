"""What readers look for on a page, and its record doesn't have."""
