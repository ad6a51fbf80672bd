"""What the code says of itself: keys of records, settings, directives.

`guildhall explain` prints it, and the pages of the reference show it.
"""
