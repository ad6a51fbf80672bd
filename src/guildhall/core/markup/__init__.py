"""What is written in Markdown, reStructuredText, notebooks and Jekyll's own marks."""
