"""Pictures that are shown smaller than they are lead to themselves in full."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin

from ..portals import Portal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9"></svg>\n'
PAGE = """# Pictures

![wide](two%20words.svg) ![small](small.svg) ![](two%20words.svg)
[![linked](two%20words.svg)](index)

```{figure} small.svg
:alt: stated
:width: 40px
```

```{figure} two%20words.svg
:alt: said to stay
:class: no-scaled-link
```

````{card}
```{image} two%20words.svg
:alt: of a card
:class: sd-card-img
```
````
"""
FILES = {
    "conf/conf.py": 'extensions = ["sphinx_design", "guildhall"]\n',
    "conf/portal.yml": "title: Pictures\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/seen/index\n```\n",
    "lessons/seen/lesson.yml": "kind: lesson\ntitle: Seen\nsummary: Pictures.\nlanguage: nb\n",
    "lessons/seen/index.md": "# Seen\n\n```{toctree}\npage\n```\n",
    "lessons/seen/page.md": PAGE,
    "lessons/seen/small.svg": SVG.format(90),
    "lessons/seen/two words.svg": SVG.format(900),
}


def test_what_is_wider_than_the_text_or_has_a_size_is_linked(tmp_path: Path):
    portal = Portal(tmp_path / "portal")
    portal.write(FILES)
    built = portal.build("-W")
    for page in ("lessons/seen/page.html", "lessons/seen/view/all.html"):
        images = built.page(page).select("article img")
        assert {each["alt"]: each.parent.get("data-gh-close") for each in images} == {
            "wide": "Lukk",
            "small": None,
            "": None,
            "linked": None,
            "stated": "Lukk",
            "said to stay": None,
            "of a card": None,
        }
        for link in built.page(page).select("a.gh-zoom"):
            assert link["href"] == link.img["src"]
            assert (built.folder / unquote(urljoin(f"/{page}", link["href"])).lstrip("/")).is_file()
