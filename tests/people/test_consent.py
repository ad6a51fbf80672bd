"""Who withholds consent is in no file of a site: not by name, by id, by alias, or by ORCID iD."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

import pytest

from guildhall.model.records.people import plain_name
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

from ..portals import Build, Portal
from .files import FILES, PICTURE, workshop

NAMES = ("Gásper Højland", "Højland, Gásper", "G. Ghostwriter", "Gasperino")
ORCID = "0000-0001-5109-3700"
"""Of the withheld person; that of another is in :mod:`tests.people.files`."""

GHOST = "partners/people/gasper-hojland.yml"
GHOST_RECORD = (
    "kind: person\nname: Gásper Højland\nsort_name: Højland, Gásper\n"
    "aliases: [G. Ghostwriter, Gasperino]\nconsent: withheld\n"
    f"orcid: {ORCID}\nemail: gasper.hojland@example.org\nphoto: partners/people/gasper.png\n"
    "about: Known as Gasperino.\nlinks: [{text: Gasperino, url: https://gasperino.example/}]\n"
    "affiliations: [north]\n"
)
EVERYWHERE = {
    GHOST: GHOST_RECORD,
    "partners/organisations/south.yml": (
        "kind: partner\nname: South College\nshort_name: South\ncountry: SE\n"
        "contact: gasper-hojland\ndescription: A college.\nparticipation:\n"
        "  - {project: phase, groups: G, involvement: I, steering_seat: true, "
        "representative: gasper-hojland}\n"
    ),
    "partners/projects/phase.yml": (
        FILES["partners/projects/phase.yml"]
        .replace("leader: ada", "leader: gasper-hojland")
        .replace("authors: [ada, bjorn]", "authors: [gasper-hojland, bjorn]")
    ),
    "lessons/git/lesson.yml": FILES["lessons/git/lesson.yml"]
    + "  - {person: gasper-hojland}\n  - name: G. Ghostwriter\n"
    + "  - {given_names: Gásper, family_names: Højland}\n"
    + f"  - {{name: Somebody, orcid: {ORCID}}}\n",
    "workshops/2024-autumn.yml": workshop(
        "Autumn 2024",
        "2024-10-01",
        "2024-10-02",
        "people:\n  instructor: [Gasper Hojland, ada]\n  host: [Gasperino]",
        "participants: {total: 7}",
        "classrooms:",
        "  - name: Oslo",
        "    place: {name: Oslo}",
        "    people: {host: [gasper-hojland], helper: [G Ghostwriter]}",
        "schedule:",
        "  templates:",
        "    plain: {sessions: [{start: '13:00', minutes: 60, slot: talk}]}",
        "  days:",
        "    - date: 2024-10-01",
        "      sessions:",
        "        - start: '09:00'",
        "          end: '10:00'",
        "          title: Names",
        "          instructors: [gásper højland, ada]",
        "          people: {expert-helper: [Gasperino]}",
        "    - date: 2024-10-02",
        "      template: plain",
        "      fill: {talk: {title: More, instructors: [gasper-hojland]}}",
    ),
    "workshops/2025-winter.yml": workshop(
        "Winter 2025",
        "2025-12-02",
        "2025-12-03",
        "people: {instructor: [gasper-hojland]}",
        "schedule:",
        "  days:",
        "    - date: 2025-12-02",
        "      sessions: [{start: '09:00', minutes: 60, title: A, instructors: [gasper-hojland]}]",
    ),
    "partners/contributors.md": (
        "# Contributors\n\n:::{contributors}\n:group-by: role\n:::\n\n"
        ":::{contributors}\n:of: lessons\n:group-by: role\n:::\n\n:::{newcomers}\n:names:\n:::\n\n"
        ":::{records} person\n:::\n\n"
        ":::{records} partner\n:style: table\n:columns: contact\n:::\n"
    ),
}
"""Everything that can name somebody, naming one who withholds consent."""


def haunted(root: Path) -> Portal:
    """The small portal, with the withheld person named wherever a record can name anybody."""
    portal = Portal(root)
    portal.write(FILES)
    portal.write(EVERYWHERE)
    (root / "partners/people/gasper.png").write_bytes(PICTURE)
    return portal


def mentions(folder: Path) -> list[str]:
    """Each file of a site that names the person in its own name or in its text, and by what.

    Names are looked for as people write them, without accents, as addresses and as scripts write
    them, and as a stemmer of search would cut them.
    """
    names = {plain_name(name) for name in NAMES}
    parts = {"gasper", "hojland", "ghostwriter", ORCID, ORCID.replace("-", "")}
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        for plain in {_plain(name), *map(_plain, _contents(path))}:
            found += [f"{name}: {each}" for each in (*names, *parts) if each in plain]
    return found


def _contents(path: Path) -> list[str]:
    """The text of a file, unpacked where it is a book or an inventory."""
    raw = path.read_bytes()
    if path.name == "objects.inv":
        raw = zlib.decompress(raw.partition(b"zlib.\n")[2])
    parts = [raw]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            parts = [
                part for name in packed.namelist() for part in (name.encode(), packed.read(name))
            ]
    return [part.decode("utf-8", "replace") for part in parts]


def _plain(text: str) -> str:
    text = unquote(text)
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    text = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
    split = unicodedata.normalize("NFD", text.casefold()).replace("ø", "o")
    return "".join(letter for letter in split if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return haunted(tmp_path_factory.mktemp("consent") / "portal").build()


def test_the_portal_builds_without_a_complaint(site: Build):
    assert site.code == 0
    assert site.warnings == ""


def test_no_file_of_the_site_names_who_withholds_consent(site: Build):
    assert mentions(site.folder) == []


def test_with_consent_the_same_person_is_found_in_many_files(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    portal.change(GHOST, "consent: withheld", "consent: given")
    found = mentions(portal.build().folder)
    files = {each.partition(": ")[0] for each in found}
    assert {
        "partners/people/gasper-hojland.html",
        "partners/people/gasper-hojland/certificate.html",
        "partners/organisations/south.html",
        "partners/organisations/north.html",
        "partners/projects/phase.html",
        "partners/contributors.html",
        "workshops/2024-autumn.html",
        "workshops/2025-winter.html",
        "calendars/people/gasper-hojland.ics",
        "lessons/git/index.html",
        "_search/titles-0.json",
        "_search/text/partners/people/gasper-hojland.json",
        "a-z.html",
        "objects.inv",
    } <= files
    assert "partners/people/gasper-hojland.html: 0000-0001-5109-3700" in found


@pytest.mark.parametrize(
    "builder",
    ["dirhtml", "singlehtml", "text", "xml", "epub", "latex", "man", "texinfo", "gettext"],
)
def test_no_file_of_other_formats_names_the_person(tmp_path: Path, builder: str):
    built = haunted(tmp_path / "portal").build(builder=builder)
    assert built.code == 0
    assert mentions(built.folder) == []


def test_what_sphinx_remembers_does_not_name_the_person_either(site: Build):
    # By default it lies in the folder of the site, and is published with it.
    assert mentions(site.folder.with_name(f"{site.folder.name}-trees")) == []


def test_the_inventory_for_other_sites_names_the_others(site: Build):
    assert "ada guildhall:person" in "".join(_contents(site.folder / "objects.inv"))


def test_who_is_not_named_is_still_counted(site: Build):
    page = site.page("partners/contributors.html")
    headings = [each.get_text() for each in page.select(".rubric")]
    assert "Instructor (4)" in headings
    assert "Host (1)" in headings
    assert "Expert helper (1)" in headings
    assert "Author (2)" in headings
    text = page.get_text()
    assert text.count("1 more person is counted but not named.") == 5
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td, th")]
        for row in page.select("table")[0].select("tbody tr")
    ]
    assert rows == [
        ["2023", "1", "0", "1", "Bjørn Åsen"],
        ["2024", "2", "1", "3", "Ada Lovelace"],
        ["2025", "1", "2", "3", "Zoé Zorn"],
    ]


def test_what_names_the_person_shows_nobody_in_the_place(site: Build):
    south = site.page("partners/organisations/south.html").select_one("article")
    assert south is not None
    assert "Contact" not in south.get_text()
    assert "Seat in the steering group yes " in f"{' '.join(south.get_text(' ').split())} "
    project = site.page("partners/projects/phase.html").select_one("article")
    assert project is not None
    assert "Bjørn Åsen" in project.get_text()


def test_the_photo_of_who_withholds_consent_is_not_published(site: Build):
    assert not [path for path in site.folder.rglob("*.png") if "gasper" in path.name]


def test_there_is_no_certificate_of_who_withholds_consent(site: Build):
    names = {path.parent.name for path in site.folder.rglob("certificate*.html")}
    assert names == {"ada", "bjorn", "zoe"}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_consent_that_is_withdrawn_takes_the_person_out_of_a_built_site(
    tmp_path: Path, builder: str
):
    portal = haunted(tmp_path / "portal")
    portal.change(GHOST, "consent: withheld", "consent: {state: given, photo: true}")
    given = portal.build(builder=builder)
    assert (given.folder / "_images/gasper.png").is_file()
    page = "gasper-hojland.html" if builder == "html" else "gasper-hojland/index.html"
    assert f"partners/people/{page}: gasper hojland" in mentions(given.folder)
    portal.change(GHOST, "consent: {state: given, photo: true}", "consent: withheld")
    built = portal.build(builder=builder)
    assert built.warnings == ""
    assert mentions(built.folder) == []
    fresh = portal.build(builder=builder, out="fresh")
    assert built.snapshot(".buildinfo") == fresh.snapshot(".buildinfo")


@pytest.mark.parametrize(
    "broken",
    [
        GHOST_RECORD + "nickname: Gasp\n",
        GHOST_RECORD.replace("consent: withheld\n", "").replace(ORCID, "1"),
        GHOST_RECORD.replace("consent: withheld", "consent: witheld"),
    ],
    ids=["unknown key", "consent not given", "a slip in the consent"],
)
def test_a_record_with_faults_names_nobody_whose_consent_is_not_known(tmp_path: Path, broken: str):
    portal = haunted(tmp_path / "portal")
    portal.write({GHOST: broken, "lessons/git/lesson.yml": FILES["lessons/git/lesson.yml"]})
    built = portal.build()
    (warning,) = built.warnings.splitlines()
    assert f"{GHOST}:" in warning
    assert mentions(built.folder) == []


def test_a_name_that_nobody_has_is_told_and_not_shown(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    (portal.root / GHOST).unlink()
    portal.write({"lessons/git/lesson.yml": FILES["lessons/git/lesson.yml"]})
    built = portal.build()
    assert "no person has the id or name `Gasperino`" in built.warnings
    assert mentions(built.folder) == []


@pytest.mark.parametrize(
    "line",
    [
        "title: A talk by Gásper Højland",
        "text: A talk by Gás\u200cper Højl\u00adand.",
        "supporters: [{text: 'Hojland, Gasper', url: https://example.org/}]",
        "links: [https://example.org/gasper-hojland/]",
        "classrooms: [{name: Oslo, place: {name: Oslo}, host: G. Ghostwriter}]",
        "text: Thanks to *Gásper* Højland.",
    ],
)
def test_a_record_that_names_the_person_in_plain_words_is_told(tmp_path: Path, line: str):
    portal = haunted(tmp_path / "portal")
    key = line.partition(":")[0]
    page = "workshops/2023-spring.yml"
    text = (portal.root / page).read_text(encoding="utf-8")
    kept = [each for each in text.splitlines() if not each.startswith(f"{key}:")]
    portal.write({page: "\n".join([*kept, line, ""])})
    registry = load_registry(portal.root, load_settings(portal.root)[0])
    (fault,) = registry.faults
    assert (fault.path, fault.line, fault.message, fault.rule) == (
        (portal.root / page).as_posix(),
        len(kept) + 1,
        "this names `gasper-hojland`, who withholds consent to be named; remove the mention",
        "record.consent",
    )


def test_a_word_that_is_also_a_name_is_no_mention(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    portal.change("lessons/git/index.md", "Text.", "Gasperino and Gasper Hojlandsson.")
    assert portal.build().warnings == ""


def test_a_page_that_names_the_person_in_plain_words_is_told_once_consent_is_withdrawn(
    tmp_path: Path,
):
    portal = haunted(tmp_path / "portal")
    portal.change(GHOST, "consent: withheld", "consent: given")
    portal.change("lessons/git/index.md", "Text.", "Thanks to Gasper\nHøjland.")
    assert portal.build().warnings == ""
    portal.change(GHOST, "consent: given", "consent: withheld")
    (warning,) = portal.build().warnings.splitlines()
    assert warning.endswith(
        "lessons/git/index.md:3: WARNING: this names `gasper-hojland`, who withholds consent to be "
        "named; remove the mention [record.consent]"
    )


def test_a_photo_is_taken_out_when_the_consent_no_longer_covers_it(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    portal.change(GHOST, "consent: withheld", "consent: {state: given, photo: true}")
    page = portal.build().page("partners/people/gasper-hojland.html")
    (image,) = page.select(".gh-person-head img")
    assert (image["alt"], image["src"]) == ("Photo of Gásper Højland", "../../_images/gasper.png")
    portal.change(GHOST, "photo: true", "photo: false")
    built = portal.build()
    assert built.page("partners/people/gasper-hojland.html").select(".gh-person-head img") == []
    assert not (built.folder / "_images/gasper.png").exists()


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("partners/organisations/north.yml", "description: Led by {person}`gasper-hojland`."),
        ("workshops/2023-spring.yml", "summary: With {person}`gasper-hojland`."),
    ],
)
def test_prose_of_a_record_that_names_the_person_is_told_to_take_that_out(
    tmp_path: Path, page: str, line: str
):
    portal = haunted(tmp_path / "portal")
    key = line.partition(":")[0]
    text = (portal.root / page).read_text(encoding="utf-8")
    kept = [each for each in text.splitlines() if not each.startswith(f"{key}:")]
    portal.write({page: "\n".join([*kept, line, ""])})
    built = portal.build()
    (warning,) = built.warnings.splitlines()
    place, _, message = warning.partition(": WARNING: ")
    assert place.endswith(f"{page}:{len(kept) + 1}")
    assert message == (
        "the person `gasper-hojland` withholds consent to be named; remove the mention "
        "[record.reference]"
    )


def test_a_page_that_names_the_person_is_told_to_take_that_out(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    portal.change("lessons/git/index.md", "Text.", "Thanks to {person}`gasper-hojland`.")
    built = portal.build()
    (warning,) = built.warnings.splitlines()
    assert warning.endswith(
        "lessons/git/index.md:3: WARNING: the person `gasper-hojland` withholds consent to be "
        "named; remove the mention [record.reference]"
    )


def test_a_person_whose_file_is_deleted_leaves_no_page(tmp_path: Path):
    portal = haunted(tmp_path / "portal")
    portal.write(FILES)
    for name in EVERYWHERE.keys() - FILES.keys() - {GHOST}:
        (portal.root / name).unlink()
    portal.change(GHOST, "consent: withheld", "consent: given")
    assert mentions(portal.build().folder)
    (portal.root / GHOST).unlink()
    assert mentions(portal.build().folder) == []
