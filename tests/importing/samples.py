"""A source like CodeRefinery's, small, with all that makes it hard to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

EVENTS = """\
events:
  - name: Full online workshop (6 half-days)
    website: https://coderefinery.github.io/2026-03-17-workshop/
    start_date: "2026-03-17"
    end_date: "2026-03-26"
    organizers:
      - Diana Iusan
    instructors:
      - Bjørn Lindi
      - Marijn van Vliet
    expert_helpers:
      - Matúš Kalaš
    num_participants:
      FI: 158
      NO: 76
      UK: 70
      PO: 5
      GE: 11
      Czech Republic: 4
      other: 100
      total: 440
    twitch_viewers:
      smallest_viewers_max: 71
      largest_viewers_max: 452
    zoom_participants:
      min: 25
      max: 59
  - name: Espoo
    start_date: 2017-12-14
    end_date: 2017-12-16
    host:
      - Bjørn Lindi
    instructors:
      - Marijn Van Vliet
      - N. D.
      - Matus Kalas
    helpers: []
    num_participants:
      FI: 40
      total: 40
    location:
      lat: 60.18708
      lon: 24.82909
  - name: Stockholm
    start_date: 2017-02-20
    end_date: 2017-02-22
    Organizer:
      - 'Diana Iusan '
      - Diana Iusan
    mentors: []
    catering: sandwiches
    num_participants:
      SE: 34
      unknown: 2
      total: 36
"""

SCHEDULE = """\
---
# all times must be input in UTC, be careful about daylight saving
schedule:
  - title: "Installation help"
    date: "2026-03-11"
    sessions:
      - starts: 11:30
        ends: 13:00
        title: Installation help for everybody (optional)
        url: https://coderefinery.github.io/installation/
  - title: "Installation help"
    date: "2026-03-16"
    sessions:
      - starts: 11:30
        ends: 13:00
        title: Installation help for everybody (optional)
        url: https://coderefinery.github.io/installation/
  - title: "Day 1"
    date: 2026-03-17
    sessions:
      - {starts: 8:50, ends: 9:00, title: "Icebreaker/connecting time"}
      - starts: 9:20
        ends: 11:00
        title: Introduction to version control with Git - part 1/4
        subtitle: "Why: [Motivation](https://coderefinery.github.io/git-intro/motivation/)"
        episodes:
          - [Browsing, https://coderefinery.github.io/git-intro/browsing/]
          - "[Intro](https://example.org/intro.md)"
        url: https://coderefinery.github.io/git-intro/
        presenters: Bjørn and Ada Lovelace
      - starts: 12:00
        ends: 14:00
        title: Social coding
        url: https://example.org/social
  - title: "Day 2"
    date: 2026-03-31
    sessions:
      - starts: 08:20
        ends: 10:00
        title: Concluding remarks
"""

FILES = {
    "conf/conf.py": "extensions = ['guildhall.sphinx_ext']\n",
    "conf/portal.yml": "title: Trial\nsources: [workshops, people, lessons]\n",
    "workshops/index.md": "# Workshops\n",
    "people/bjorn-lindi.yml": (
        "kind: person\nname: Bjørn Lindi\nsort_name: Lindi, Bjørn\nconsent: given\n"
    ),
    "lessons/git-intro/lesson.yml": (
        "kind: lesson\ntitle: Git\nsummary: Git.\nurl: https://coderefinery.github.io/git-intro/\n"
    ),
    "lessons/installation/lesson.yml": (
        "kind: lesson\ntitle: Installation\nsummary: Before.\n"
        "url: https://coderefinery.github.io/installation/\n"
    ),
}


def make_portal(root: Path) -> Path:
    """A portal with one person and two lessons."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def scalars(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """All values with the keys that they stand under."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from scalars(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from scalars(value, key)
    elif data is not None:
        yield key, data


def snapshot(root: Path) -> dict[str, bytes]:
    """The bytes of all files."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def place(text: str, needle: str, part: str | None = None) -> str:
    """Line and column, as messages give them, of the first ``part`` in the first ``needle``."""
    start = text.index(needle)
    start = text.index(part if part is not None else needle, start)
    before = text[:start]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
