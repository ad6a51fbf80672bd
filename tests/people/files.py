"""A small portal of people: who teaches, writes and represents, and one who is not to be named."""

from __future__ import annotations

import base64

from ..portals import person

TODAY = "2025-06-01"
"""The day that portals are built for, as :class:`tests.portals.Portal` has it."""

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def workshop(title: str, start: str, end: str, *more: str) -> str:
    """The record of a workshop, with further lines."""
    lines = (
        f"kind: workshop\ntitle: {title}\ntimezone: Europe/Oslo\nstart: {start}\nend: {end}",
        *more,
        "",
    )
    return "\n".join(lines)


FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": (
        "title: Guild\nauthor: The guild of teachers\nbase_url: https://guild.github.io/portal/\n"
        "project: phase\nsources: [lessons, workshops, partners]\n"
    ),
    "index.md": "# Home\n\n```{toctree}\npartners/index\nworkshops/index\nlessons/index\n```\n",
    "partners/index.md": "# Partners\n\n```{toctree}\n:glob:\n\n*\n*/*\n```\n",
    "partners/contributors.md": (
        "# Contributors\n\n:::{contributors}\n:::\n\n:::{contributors}\n:group-by: role\n:::\n\n"
        ":::{contributors}\n:group-by: year\n:::\n\n"
        ":::{contributors}\n:of: lessons\n:group-by: role\n:::\n\n:::{newcomers}\n:names:\n:::\n"
    ),
    "workshops/index.md": "# Workshops\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "lessons/index.md": "# Lessons\n\n```{toctree}\ngit/index\n```\n",
    "lessons/git/index.md": "# Git\n\nText.\n",
    "lessons/git/lesson.yml": (
        "kind: lesson\ntitle: Git\nsummary: How to *keep* versions.\nlevel: beginner\n"
        "contributors:\n  - {person: ada, roles: [author, maintainer]}\n"
        "  - {person: bjorn, roles: [reviewer]}\n"
    ),
    "partners/people/ada.yml": person(
        "Ada Lovelace",
        "Lovelace, Ada",
        "orcid: 0000-0002-1825-0097",
        "email: ada@example.org",
        "languages: [en, fr]",
        "about: Writes *notes*.",
        "links: [{text: Her page, url: https://ada.example/}]",
        "affiliations:",
        "  - {partner: north, start: 2024-01-01}",
        "  - {name: The mill, start: 2021-01-01, end: 2023-12-31}",
    ),
    "partners/people/bjorn.yml": person(
        "Bjørn Åsen", "Åsen, Bjørn", "affiliations: [{partner: north, end: 2023-12-31}]"
    ),
    "partners/people/zoe.yml": person("Zoé Zorn", "Zorn, Zoé", "affiliations: [north]"),
    "partners/organisations/north.yml": (
        "kind: partner\nname: The North University\nshort_name: North\ncountry: NO\n"
        "contact: ada\ndescription: A university.\nparticipation:\n"
        "  - project: phase\n    groups: G\n    involvement: I\n    steering_seat: true\n"
        "    representative: zoe\n"
    ),
    "partners/projects/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2026-12-31\nsummary: S.\nleader: ada\nauthors: [ada, bjorn]\n"
    ),
    "workshops/2023-spring.yml": workshop(
        "Spring 2023",
        "2023-03-14",
        "2023-03-16",
        "partners: [north]",
        "hours: 18",
        "people: {instructor: [bjorn], helper: [ada]}",
    ),
    "workshops/2024-spring.yml": workshop(
        "Spring 2024",
        "2024-03-12",
        "2024-03-13",
        "people: {co-instructor: [ada], team-leader: [zoe]}",
        "schedule:",
        "  days:",
        "    - date: 2024-03-12",
        "      sessions:",
        "        - {start: '09:00', end: '10:30', title: A, instructors: [ada]}",
        "        - {minutes: 30, type: break}",
        "        - {minutes: 60, type: exercises, title: B, instructors: [bjorn]}",
    ),
    "workshops/2025-spring.yml": workshop(
        "Spring 2025", "2025-05-20", "2025-05-21", "people: {instructor: [ada, bjorn, zoe]}"
    ),
    "workshops/2025-called-off.yml": workshop(
        "Called off", "2025-04-01", "2025-04-02", "status: cancelled", "people: {speaker: [ada]}"
    ),
    "workshops/2025-autumn.yml": workshop(
        "Autumn 2025",
        "2025-09-16",
        "2025-09-18",
        "people: {instructor: [ada], organiser: [ada]}",
        "schedule:",
        "  tracks: {blue: {title: Blue group, room: Room 2}}",
        "  templates:",
        "    plain: {sessions: [{start: '10:00', minutes: 30, slot: first}]}",
        "  days:",
        "    - date: 2025-09-16",
        "      sessions:",
        "        - {start: '09:00', end: '10:00', lessons: [git], instructors: [ada], room: Aula}",
        "        - {minutes: 60, title: Off, instructors: [ada], cancelled: true}",
        "        - {minutes: 60, title: Help, people: {helper: [ada, zoe]}, track: blue}",
        "    - date: 2025-09-17",
        "      cancelled: true",
        "      sessions: [{start: '09:00', end: '10:00', title: Lost, instructors: [ada]}]",
        "    - date: 2025-09-18",
        "      template: plain",
        "      fill: {first: {title: End, instructors: [ada]}}",
    ),
}
"""A portal in which everybody may be named."""
