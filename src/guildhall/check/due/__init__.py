"""What has lapsed, and what will: all that somebody has to come back to, in one report."""
