"""Messages about records in GitHub's Markdown: they show as they are, and do nothing."""

from __future__ import annotations

from guildhall.differences.escaping import as_code, as_text


def in_markdown(text: str) -> str:
    """A message as Markdown on one line; what it has in backquotes becomes code.

    Args:
        text: the message, of any origin.
    """
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        # One backquote has no other to go with.
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(
        as_code(part) if index % 2 and part.strip() else _plain(part)
        for index, part in enumerate(parts)
    )


def _plain(text: str) -> str:
    inner = text.strip(" ")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    return f"{before}{as_text(inner)}{after}"
