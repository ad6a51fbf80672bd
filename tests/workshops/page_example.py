"""A small portal with a workshop that uses all there is."""

from __future__ import annotations

from ..portals import person


def partner(name: str, country: str) -> str:
    return (
        f"kind: partner\nname: {name}\nshort_name: {name}\ncountry: {country}\ncontact: ada\n"
        "description: Teaches.\nparticipation: [{project: phase, groups: G, involvement: I}]\n"
    )


def lesson(title: str, *more: str) -> str:
    return "\n".join(("kind: lesson", f"title: {title}", "summary: What it is about.", *more, ""))


AUTUMN = """
kind: workshop
title: Autumn workshop
summary: Three days on *better* research software.
type: full-workshop
format: hybrid
languages: [en, fi]
timezone: Europe/Stockholm
start: 2026-09-22
end: 2026-09-24
audience: [Doctoral students, Research engineers]
places:
  - {name: Room A, address: Main street 1, city: Espoo, country: FI, url: https://a.example/map}
stream: https://stream.example/
chat: {url: https://chat.example/, text: The chat}
notes: [https://notes.example/]
website: https://autumn.example/
registration:
  url: https://sign.example/up
  opens: 2026-08-01
  closes: 2026-09-15T12:00
  price: 0
  seats: 60
  waiting_list: true
  text: Bring a *laptop*.
lessons:
  - {lesson: git, version: v2.1}
  - {lesson: shell}
people:
  organiser: [ada]
  team-leader: [Grace Hopper]
partners: [north]
supporters: [{url: https://fund.example/, text: The fund}]
fulfils: [autumn-plan]
materials: [{url: https://slides.example/, text: Slides}]
doi: 10.5281/zenodo.1234
links: [{url: https://news.example/, text: In the news}]
schedule:
  tracks:
    main: {title: Main room}
    suomi: {title: Suomeksi, language: fi, room: Room B, stream: https://fi.example/}
  templates:
    usual:
      sessions:
        - {start: "09:00", minutes: 15, type: social, title: Connecting, lessons: [shell]}
        - {slot: morning, end: "10:30", summary: What everybody needs.}
        - {minutes: 15, type: break}
        - {slot: late, end: "12:00"}
  days:
    - date: 2026-09-22
      title: Version control
      template: usual
      fill:
        morning:
          lessons: [git/branches]
          instructors: [grace]
          recordings: [https://video.example/1]
          notes: https://notes.example/1
        late: {title: Exercises, type: exercises, lessons: [git], room: Room A}
      sessions:
        - {start: "13:00", end: "14:30", track: main, title: Talk, url: https://talk.example/}
        - {start: "13:00", end: "13:30", track: suomi, lessons: [shell], instructors: [ada]}
        - {start: "13:45", end: "14:30", track: suomi, title: Apua, type: help, optional: true}
        - {start: "14:30", end: "15:00", title: Both, lessons: [git/branches, shell]}
    - date: 2026-09-23
      template: usual
      text: On the *second* day.
      fill:
        morning: {title: Testing, cancelled: true}
        late: {title: Free <b> time}
    - {date: 2026-09-24, cancelled: true, sessions: [{start: "09:00", end: "10:00", title: Off}]}
classrooms:
  - name: Otaniemi
    place: {name: Library, city: Espoo, country: FI}
    partner: north
    people: {host: [ada]}
    registration: {url: https://room.example/, seats: 12, closes: 2026-09-10}
    text: Coffee is *free*.
  - {name: Elsewhere, place: {name: Hall, country: SE}, host: A society, language: sv}
text: More about it.
"""

OVER = """
kind: workshop
title: Spring workshop
timezone: Europe/Oslo
start: 2025-03-18
end: 2025-03-20
format: online
registration: {url: https://sign.example/old}
notes: [{url: https://notes.example/old, text: Notes of all days}]
recordings: [https://video.example/a, https://video.example/b]
participants:
  total: 100
  counted: registered
  countries: {NO: 60, SE: 30}
  other_countries: 2
  unknown_country: 8
  career_stages: {phd-student: 70, postdoc: 3}
  unknown_stage: 27
  text: Counted by *registration*.
viewers: [{service: Twitch, least: 20, most: 45}]
feedback: [{url: https://feedback.example/, text: What people said}]
"""

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": (
        "title: Small\nproject: phase\nbase_url: https://org.github.io/portal/\n"
        "sources: [partners, lessons, workshops]\n"
    ),
    "index.md": "# Home\n\n```{toctree}\npartners/index\nlessons/index\nworkshops/index\n```\n",
    "partners/index.md": "# Partners\n\n```{toctree}\n:glob:\n\n*\n*/*\n```\n",
    "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
    "workshops/index.md": "# Workshops\n\n```{toctree}\n:glob:\n\n*\n*/index\n```\n",
    "partners/people/ada.yml": person("Ada Lovelace", "Lovelace, Ada"),
    "partners/people/grace.yml": person(
        "Grace Hopper",
        "Hopper, Grace",
        "affiliations:",
        "  - {partner: north, start: 2026-09-22, source: https://staff.example/}",
    ),
    "partners/north.yml": partner("University of the North", "FI"),
    "partners/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2026-12-31\nsummary: What it does.\n"
    ),
    "partners/autumn-plan.yml": (
        "kind: activity\nproject: phase\ntitle: Autumn events\nyear: 2026\ntype: workshop\n"
    ),
    "lessons/git/lesson.yml": lesson(
        "Version control",
        "repository: https://github.com/org/git-lesson",
        "prerequisites: [{lesson: shell}, {lesson: editors, text: To write with.},",
        "  {text: A *laptop*.}]",
        "episodes: [setup, branches]",
    ),
    "lessons/git/setup.md": "# Install Git\n\nText.\n",
    "lessons/git/branches.md": "# Branches and merges\n\nText.\n",
    "lessons/shell/lesson.yml": lesson(
        "The shell", "url: https://shell.example/", "prerequisites: [{lesson: editors}]"
    ),
    "lessons/editors/lesson.yml": lesson("Editors", "url: https://editors.example/"),
    "workshops/autumn/workshop.yml": AUTUMN.lstrip(),
    "workshops/autumn/travel.md": "# How to get there\n\nBy train.\n",
    "workshops/autumn/room/index.md": "# The room\n\nSecond floor.\n",
    "workshops/spring.yml": OVER.lstrip(),
}
