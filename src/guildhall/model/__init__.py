"""What a portal's files may say: the kinds of records, their vocabularies, its settings."""
