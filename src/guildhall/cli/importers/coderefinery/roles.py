"""Keys of a source that list people, and the roles that these have in a portal."""

from __future__ import annotations

from collections.abc import Collection

_OTHER_WORDS = {
    "organizer": "organiser",
    "presenter": "instructor",
    "teacher": "instructor",
    "lecturer": "instructor",
    "trainer": "instructor",
    "coinstructor": "co-instructor",
    "co-teacher": "co-instructor",
    "expert": "expert-helper",
    "exercise-helper": "helper",
    "exercise-lead": "team-leader",
    "team-lead": "team-leader",
    "note-taker": "notes",
    "notes-manager": "notes",
    "broadcaster": "streaming",
    "streamer": "streaming",
}


def role_of(key: str, known: Collection[str]) -> str | None:
    """The role that a key such as ``expert_helpers`` or ``Organizer`` names.

    Args:
        key: the key.
        known: the roles of the portal.

    Returns:
        the role, or None where the key names none.
    """
    word = "-".join(key.strip().casefold().replace("_", " ").replace("-", " ").split())
    for form in (word, word.removesuffix("s")):
        role = _OTHER_WORDS.get(form, form)
        if role in known:
            return role
    return None
