"""``guildhall init``: a portal that builds, to be made one's own."""
