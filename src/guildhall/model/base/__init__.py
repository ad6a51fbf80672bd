"""What records and settings are made of: typed values with the places that they were read from."""
