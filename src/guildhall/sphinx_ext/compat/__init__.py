"""All that we touch in Sphinx, docutils, MyST and sphinx-lesson without being invited.

Each module holds one thing: why it is needed, what breaks without it, and the touch itself behind
a plain name. What it is used for stands where it is used. A test for each fails when the other side
changes. Nothing here imports anything else of ours, so everything in this room may import it.
"""
