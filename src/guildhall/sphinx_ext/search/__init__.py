"""The search of Guildhall's own theme: what pages give to it, its index, its page without scripts.

Sphinx's index is one file with the words of all pages, which grows with the portal, and its results
need the pages themselves. This one is cut into small files, of which a search loads a few.
"""
