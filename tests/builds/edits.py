"""Edits of a small portal, as people make them one after the other, chosen by a seed."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from ..portals import person

WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{}><title>{}</title></svg>\n'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'

FILES = {
    "conf/conf.py": (
        'extensions = ["guildhall"]\nlocale_dirs = ["locale"]\ngettext_compact = False\n'
        'html_css_files = ["style.css"]\n'
    ),
    "conf/portal.yml": "title: Portal\nsources: [partners, pages, lessons]\n",
    "index.md": "# Home\n\n```{toctree}\npages/index\npartners/index\nlessons/index\n```\n",
    "pages/index.md": "# Pages\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "pages/words.md": (
        "# Words\n\n```{glossary}\nremote\n  Elsewhere.\n\nbranch\n  A line of work.\n```\n\n"
        "```{index} single: first; second\n```\n"
    ),
    "pages/notes.rst": (
        "Notes\n=====\n\n.. [note] As cited.\n\n.. _note section:\n\nSection\n-------\n\n"
        "Text with [note]_ and :doc:`words`.\n"
    ),
    "pages/uses.md": (
        "# Uses\n\n{doc}`words`, {term}`remote`, {ref}`note section`, {ref}`git:setup`, "
        "{partner}`a`, [](words.md), {any}`branch`, {doc}`/lessons/git/index`.\n"
    ),
    "pages/cites.rst": "Cites\n=====\n\nAs in [note]_.\n\n:download:`a file <file.txt>`\n",
    "pages/file.txt": "A file.\n",
    "partners/index.md": (
        "# Partners\n\n```{toctree}\n:glob:\n\n*\n```\n\n:::{records} partner\n:::\n"
    ),
    "partners/a.yml": (
        "kind: partner\nname: Partner A\nshort_name: A\ncountry: FI\ncontact: ada\n"
        "description: The partner.\nparticipation:\n  - project: phase\n    groups: A group.\n"
        "    involvement: Teaches.\n"
    ),
    "partners/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2026-12-31\nsummary: The phase.\n"
    ),
    "partners/ada.yml": person("Ada Lovelace", "Lovelace, Ada"),
    "lessons/index.md": "# Lessons\n\n```{toctree}\n:maxdepth: 2\n\ngit/index\nmake/index\n```\n",
}
for key in ("git", "make"):
    FILES |= {
        f"lessons/{key}/lesson.yml": (
            f"kind: lesson\ntitle: Lesson {key}\nsummary: About {key}.\n"
            "build: {numbered_figures: true}\n"
        ),
        f"lessons/{key}/index.md": (
            f"# The lesson {key}\n\n```{{toctree}}\nfirst\nsecond\nexercises\n```\n"
        ),
        f"lessons/{key}/first.md": (
            f"---\nteaching: 20\n---\n\n# First of {key}\n\n(setup)=\n## Setup of {key}\n\n"
            "{ref}`setup`, {doc}`/second`, {numref}`a-picture`, [there](second.md#more).\n\n"
            f":::{{exercise}} Do it\nSee {{ref}}`setup`, {{doc}}`/pages/words`.\n:::\n"
        ),
        f"lessons/{key}/second.md": (
            f"# Second of {key}\n\n## More\n\n"
            ":::{figure} picture.svg\n:name: a-picture\n\nA caption\n:::\n\n"
            "```{math}\n:label: sum\na + b\n```\n\n{eq}`sum`\n\n:::{keypoints}\n- A point\n:::\n"
        ),
        f"lessons/{key}/exercises.md": "# Exercises\n\n```{exerciselist}\n```\n",
        f"lessons/{key}/picture.svg": SVG.format("", key),
    }


class Editor:
    """Edits a portal on disk.

    Args:
        root: the portal's folder.
        seed: what the edits are chosen by.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self._random = random.Random(seed)
        self._serial = 0
        for name, text in FILES.items():
            self._put(name, text)

    def edit(self) -> str:
        """Make one edit; says which."""
        self._serial += 1
        edits = [name for name in dir(self) if name.startswith("edit_")]
        name = self._random.choice(edits)
        made: Callable[[], str] = getattr(self, name)
        return f"{name.removeprefix('edit_')} {made()}"

    def edit_heading(self) -> str:
        name = self._a_page()
        return self._change(name, r"^(#+ ).*$", rf"\g<1>{self._words()}")

    def edit_title_of_rest(self) -> str:
        title = self._words()
        return self._change(
            self._a_page(".rst"), r"\A[^\n]*\n=+\n", f"{title}\n{'=' * len(title)}\n"
        )

    def edit_text(self) -> str:
        name = self._a_page()
        return self._put(name, f"{self._text(name)}\n{self._words()}.\n")

    def edit_caption(self) -> str:
        return self._change(self._a_page(), r"(?m)(?<=^:name: a-picture\n\n).*$", self._words())

    def edit_label(self) -> str:
        return self._change(
            self._a_page(), r"(?m)^\((setup|begin)\)=$", self._one_of("(setup)=", "(begin)=")
        )

    def edit_term(self) -> str:
        return self._change(
            "pages/words.md", r"(?m)^(remote|local)$", self._one_of("remote", "local")
        )

    def edit_definition(self) -> str:
        return self._change("pages/words.md", r"(?m)^  \w.*$", f"  {self._words()}.")

    def edit_index_entry(self) -> str:
        entry = f"single: {self._word()}; {self._word()}"
        return self._change("pages/words.md", r"single: .*", entry)

    def edit_citation(self) -> str:
        return self._change(
            "pages/notes.rst",
            r"\[(note|remark)\] .*",
            f"[{self._one_of('note', 'remark')}] {self._words()}",
        )

    def edit_equation(self) -> str:
        return self._change(self._a_page(), r"(?m)^a \+ .*$", f"a + {self._word()}")

    def edit_exercise(self) -> str:
        return self._change(self._a_page(), r"\{exercise\} .*", f"{{exercise}} {self._words()}")

    def edit_one_more_exercise(self) -> str:
        name = self._a_page(".md", "lessons")
        block = f"\n:::{{exercise}} {self._words()}\nText.\n:::\n"
        return self._put(name, f"{self._text(name)}{block}")

    def edit_one_more_figure(self) -> str:
        name = f"lessons/{self._one_of('git', 'make')}/first.md"
        if not (self.root / name).exists():
            return ""
        block = f"\n:::{{figure}} picture.svg\n\n{self._words()}\n:::\n"
        return self._put(name, f"{self._text(name)}{block}")

    def edit_key_point(self) -> str:
        return self._change(self._a_page(), r"(?m)(?<=\{keypoints\}\n)- .*$", f"- {self._words()}")

    def edit_minutes(self) -> str:
        number = self._random.randrange(5, 60)
        return self._change(self._a_page(), r"(?m)^teaching: \d+$", f"teaching: {number}")

    def edit_record(self) -> str:
        return self._change("partners/a.yml", r"(?m)^name: .*$", f"name: {self._words()}")

    def edit_person(self) -> str:
        return self._change("partners/ada.yml", r"(?m)^name: .*$", f"name: Ada {self._word()}")

    def edit_consent(self) -> str:
        given = self._one_of("given", "withheld")
        return self._change("partners/ada.yml", r"(?m)^consent: .*$", f"consent: {given}")

    def edit_lesson_title(self) -> str:
        name = f"lessons/{self._one_of('git', 'make')}/lesson.yml"
        return self._change(name, r"(?m)^title: .*$", f"title: {self._words()}")

    def edit_numbered_figures(self) -> str:
        name = f"lessons/{self._one_of('git', 'make')}/lesson.yml"
        return self._change(name, r"(true|false)", self._one_of("true", "false"))

    def edit_record_template(self) -> str:
        name = f"conf/templates/records/{self._one_of('partner', 'person')}.md.j2"
        return self._put_or_delete(name, f"# {{{{ record.name }}}}\n\n{self._words()}.\n")

    def edit_page_template(self) -> str:
        block = (
            '{% extends "!page.html" %}\n{% block body %}{{ super() }}'
            f"<p>{self._word()}</p>{{% endblock %}}\n"
        )
        return self._put_or_delete("conf/templates/page.html", block)

    def edit_part_template(self) -> str:
        entry = f"{{{{ link }}}} {self._word()} {{% include 'guildhall/part.html.j2' %}}\n"
        self._put("conf/templates/guildhall/part.html.j2", self._words())
        return self._put_or_delete("conf/templates/guildhall/entry.html.j2", entry)

    def edit_settings(self) -> str:
        if self._random.random() < 0.6:
            return "none"
        return self._change("conf/portal.yml", r"(?m)^title: .*$", f"title: {self._words()}")

    def edit_static_file(self) -> str:
        return self._put_or_delete(f"conf/static/{self._word()}.txt", self._words())

    def edit_style(self) -> str:
        return self._put_or_delete("conf/static/style.css", f"/* {self._words()} */\n")

    def _drawing(self) -> str:
        words = self._words()
        return SVG.format(f' width="{len(words)}"', words)

    def edit_picture(self) -> str:
        pictures = sorted(self.root.glob("*/**/picture.svg"))
        if not pictures:
            return ""
        return self._put(self._name(self._random.choice(pictures)), self._drawing())

    def edit_whose_picture(self) -> str:
        name = f"lessons/{self._one_of('git', 'make')}/picture.svg"
        return self._put_or_delete(name, self._drawing())

    def edit_file(self) -> str:
        return self._put_or_delete("pages/file.txt", self._words())

    def edit_translation(self) -> str:
        name = self._one_of("pages/words", "pages/uses", "lessons/git/second")
        text = self._one_of("Elsewhere.", "Uses", "A caption", "More")
        return self._put_or_delete(
            f"locale/en/LC_MESSAGES/{name}.po", PO.format(text, self._words())
        )

    def edit_toctree(self) -> str:
        name = self._one_of("index.md", "lessons/index.md", "lessons/git/index.md")
        text = self._text(name)
        found = re.search(r"(?s)(?<=```\{toctree\}\n)(.*?)(?=```)", text)
        if not found:
            return ""
        lines = [line for line in found[1].splitlines() if line and not line.startswith(":")]
        self._random.shuffle(lines)
        more = [self._word()] if self._random.random() < 0.3 else []
        kept = lines[: max(1, len(lines) - (self._random.random() < 0.3))]
        listed = "\n".join(["", *kept, *more, ""]) if kept else ""
        return self._put(name, text[: found.start()] + listed + text[found.end() :])

    def edit_whole_toctree(self) -> str:
        name = self._one_of(
            "index.md", "lessons/index.md", "lessons/git/index.md", "lessons/make/index.md"
        )
        return self._put(name, FILES[name])

    def edit_circle(self) -> str:
        name = "lessons/git/second.md"
        if not (self.root / name).exists():
            return ""
        text = self._text(name)
        circle = "\n```{toctree}\nfirst\n```\n"
        return self._put(name, text.replace(circle, "") if circle in text else text + circle)

    def edit_new_page(self) -> str:
        folder = self._one_of("pages", "lessons/git", "lessons/make")
        target = self._one_of("{doc}`/pages/words`", "{ref}`setup`", "{term}`remote`")
        text = f"# {self._words()}\n\n{target}\n\n![A picture](picture.svg)\n"
        return self._put(f"{folder}/{self._word()}.md", text)

    def edit_delete(self) -> str:
        name = self._a_page()
        if name.endswith("index.md"):
            return ""
        (self.root / name).unlink()
        return f"delete {name}"

    def edit_restore(self) -> str:
        name = self._random.choice(sorted(FILES))
        if name.startswith("conf"):
            return ""
        return self._put(name, FILES[name])

    def edit_rename(self) -> str:
        name = self._a_page()
        if name.endswith("index.md"):
            return ""
        path = self.root / name
        new = path.with_name(f"{self._word()}{path.suffix}")
        if new.exists() or new.with_suffix(".md").exists() or new.with_suffix(".rst").exists():
            return ""
        path.rename(new)
        return f"{name} to {self._name(new)}"

    def edit_times(self) -> str:
        name = self._a_page()
        os.utime(self.root / name, (1_500_000_000, self._random.randrange(10**9, 2 * 10**9)))
        return name

    def _a_page(self, suffix: str = "", below: str = "") -> str:
        found = [
            self._name(path)
            for path in sorted(self.root.rglob("*"))
            if path.suffix in {".md", ".rst"}
            and path.name.endswith(suffix)
            and self._name(path).startswith(below)
        ]
        return self._random.choice(found or ["index.md"])

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def _change(self, name: str, pattern: str, new: str) -> str:
        path = self.root / name
        if not path.exists():
            return ""
        text = re.sub(pattern, lambda found: found.expand(new), self._text(name), count=1)
        return self._put(name, text)

    def _put(self, name: str, text: str) -> str:
        """Write a file, at times with the time that it had, or an older one."""
        path = self.root / name
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if before and self._random.random() < 0.3:
            moment = before - self._random.choice((0, 0, 10**9, 10**15))
            os.utime(path, ns=(moment, moment))
        return name

    def _put_or_delete(self, name: str, text: str) -> str:
        path = self.root / name
        if path.exists() and self._random.random() < 0.5:
            path.unlink()
            return f"delete {name}"
        return self._put(name, text)

    def _one_of(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _word(self) -> str:
        return self._random.choice(WORDS)

    def _words(self) -> str:
        return f"{self._word().title()} {self._word()} {self._serial}"
