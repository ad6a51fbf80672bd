"""The check: gathers what records, pages, the built site and other sites give, and judges it."""
