"""What developers of Guildhall run; no part of the package."""
