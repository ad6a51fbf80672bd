"""External links: whether the addresses that pages name still lead where they say.

Plain asyncio over httpcore, httpx's own connection layer; knows nothing of Sphinx. ``check`` is the
way in, ``findings`` makes findings of what it returns, ``rules`` says what they mean.
"""
