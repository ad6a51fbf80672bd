"""What pages of strangers may not do."""
