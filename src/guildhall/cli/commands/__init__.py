"""The commands and their options.

Each imports its work when it is called: `guildhall --help`, `guildhall check --help` and the
completion of shells take 0.1 s of CPU to start, and 1.0 s with the work of all commands imported.
"""
