"""Records as documents: their pages, their prose, and directives that show them."""
