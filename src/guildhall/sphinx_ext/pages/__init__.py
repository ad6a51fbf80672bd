"""The frame of pages: navigation, words, and what one page shows of others."""
