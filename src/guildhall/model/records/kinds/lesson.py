"""Lessons: what a lesson is, whom it is for, and how its pages are built.

Terms follow the Bioschemas profile TrainingMaterial and schema.org's LearningResource where these
have one; :mod:`guildhall.network.lessons.jsonld` holds the mapping.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from guildhall.core.values.identifiers import is_filled_once
from guildhall.model.base.fields import (
    Date,
    Doi,
    Flag,
    GitAddress,
    Language,
    Licence,
    Line,
    LinkAddress,
    Orcid,
    PagePath,
    Prose,
    Reference,
    Slug,
    SourceText,
    Url,
    Whole,
    one_of,
    refusal,
)
from guildhall.model.base.model import Model, Record
from guildhall.model.records.shared import AlsoText, Link, PartnerRef, PersonRef, ProjectRef

LESSON_FILE = "lesson.yml"
"""The name of a lesson's record; the folder that holds it is the lesson."""

LessonRef = Annotated[Slug, Reference("lesson")]
"""The id of a lesson."""

LEVELS = ("beginner", "intermediate", "advanced")
Level = Annotated[
    Literal["beginner", "intermediate", "advanced"],
    one_of(*LEVELS),
    WithJsonSchema({"enum": list(LEVELS)}),
]
STATUSES = ("draft", "beta", "stable", "archived")
Status = Annotated[
    Literal["draft", "beta", "stable", "archived"],
    one_of(*STATUSES),
    WithJsonSchema({"enum": list(STATUSES)}),
]
AUDIENCES = ("learner", "instructor", "data-steward", "group-leader")
Audience = Annotated[
    Literal["learner", "instructor", "data-steward", "group-leader"],
    one_of(*AUDIENCES),
    WithJsonSchema({"enum": list(AUDIENCES)}),
]
"""`learner`, `instructor`, `data-steward` or `group-leader`."""
FORMATS = ("lesson", "manual", "notebook", "slides", "video")
LessonFormat = Annotated[
    Literal["lesson", "manual", "notebook", "slides", "video"],
    one_of(*FORMATS),
    WithJsonSchema({"enum": list(FORMATS)}),
]
ROLES = ("author", "editor", "contributor", "maintainer", "reviewer", "translator")
ContributorRole = Annotated[
    Literal["author", "editor", "contributor", "maintainer", "reviewer", "translator"],
    one_of(*ROLES),
    WithJsonSchema({"enum": list(ROLES)}),
]
EXECUTION = ("off", "cache")
Execution = Annotated[
    Literal["off", "cache"], one_of(*EXECUTION), WithJsonSchema({"enum": list(EXECUTION)})
]


class ForLeaders(Model):
    """A summary for group leaders and data stewards who won't take the lesson."""

    what: Prose
    """What it is."""
    why: Prose
    """Why it matters to a group or an organisation."""
    who: Prose | None = None
    """The contact, if known."""


class Prerequisite(Model):
    """A prerequisite of the lesson: a lesson of this portal, or a text."""

    lesson: LessonRef | None = None
    """A lesson to take before."""
    alternatives: tuple[LessonRef, ...] = ()
    """Lessons that can replace it."""
    text: Prose | None = None
    """What else is needed, or why the lesson is."""

    @model_validator(mode="after")
    def _says_something(self) -> Prerequisite:
        if self.lesson is None and self.text is None:
            raise refusal("expected a `lesson`, a `text` or both")
        if self.alternatives and self.lesson is None:
            raise refusal("expected a `lesson` that the `alternatives` stand for")
        return self

    @property
    def lessons(self) -> tuple[str, ...]:
        """The lessons of which one will do."""
        return (self.lesson, *self.alternatives) if self.lesson else ()


class Contributor(Model):
    """A contributor to the lesson: a person of this portal, or just a name."""

    ABOUT: ClassVar[str] = "person"

    person: PersonRef | None = None
    """The record of the person."""
    name: Line | None = None
    """The name, if there is no record."""
    given_names: Line | None = None
    """The given names, for citations; with `family_names`, instead of `name`."""
    family_names: Line | None = None
    """The family names, for citations."""
    orcid: Orcid | None = None
    """The ORCID iD, if there is no record."""
    affiliation: Line | None = None
    """Where the person works, if there is no record."""
    is_organisation: Flag = False
    """Whether the name is an organisation's."""
    roles: tuple[ContributorRole, ...] = ("author",)
    """What was contributed; citations name the authors."""

    @model_validator(mode="after")
    def _has_one_name(self) -> Contributor:
        given = [each for each in (self.person, self.name, self.family_names) if each is not None]
        if len(given) != 1:
            raise refusal("expected one of `person`, `name`, `family_names`")
        return self


def _episode(raw: Any) -> Any:
    return {"page": raw} if isinstance(raw, str) else raw


class Episode(Model):
    """A page of the lesson that is taught as a unit."""

    page: PagePath
    """The page below the lesson's folder, without suffix, such as `part-2/merging`."""
    teaching: Whole | None = None
    """Minutes of teaching; by default those of the page's front matter."""
    exercises: Whole | None = None
    """Minutes of exercises; by default those of the page's front matter."""
    optional: Flag = False
    """Whether the episode is excluded from the lesson's length."""


EpisodeEntry = Annotated[Episode, BeforeValidator(_episode), AlsoText()]
"""An episode, written as a bare page or as a mapping of `page`, `teaching`, `exercises`."""


class Source(Model):
    """The location of the pages of a lesson with its own repository."""

    git: GitAddress | None = None
    """The repository; omitted if the pages are below the lesson's own folder."""
    ref: Line = "HEAD"
    """The branch, tag or commit to follow; the lock file says which commit is built."""
    path: PagePath | None = None
    """The folder of the pages in the repository, such as `content`."""


class LinkRole(Model):
    """A role for links to one site, as in `sphinx.ext.extlinks`."""

    address: LinkAddress
    """The address, with `%s` where the text of the role goes."""
    caption: Line | None = None
    """The text of the link, with `%s` for the text of the role; by default the full address."""

    @model_validator(mode="after")
    def _is_filled_once(self) -> LinkRole:
        if self.caption is not None and not is_filled_once(self.caption):
            raise refusal("expected `%s` once in the `caption`; any other `%` is written `%%`")
        return self


class Building(Model):
    """What the pages need in order to be built as in their own project.

    An external lesson's own `conf.py` is never run; `guildhall lessons add` reads it to propose
    these settings.
    """

    extensions: tuple[Line, ...] = ()
    """Additional Sphinx extensions from Guildhall's list."""
    myst_extensions: tuple[Line, ...] = ("colon_fence", "deflist")
    """Syntax extensions of MyST."""
    heading_anchors: Whole = 0
    """The deepest heading level that can be linked to in Markdown."""
    section_labels_with_page: Flag = False
    """Whether labels that `sphinx.ext.autosectionlabel` makes of headings begin with the page."""
    section_labels_depth: Whole = 0
    """The deepest heading level that gets them; 0 for all."""
    exclude: tuple[Line, ...] = ()
    """Patterns of files that are not pages."""
    intersphinx: dict[Slug, Url] = {}
    """Other sites whose pages can be referred to by name."""
    extlinks: dict[Line, LinkRole] = {}
    """Roles for links to one site, by name."""
    bibliography: tuple[PagePath, ...] = ()
    """BibTeX files of the lesson, for `sphinxcontrib.bibtex`; `references.bib` from its root."""
    todos: Flag = False
    """Whether the notes of the directive `todo` are shown."""
    rst_prolog: SourceText | None = None
    """reStructuredText inserted at the beginning of each reStructuredText page."""
    rst_epilog: SourceText | None = None
    """reStructuredText added to the end of each such page, such as substitutions."""
    substitutions: dict[Line, Line] = {}
    """Texts that pages can insert by key."""
    abbreviations: dict[Line, Line] = {}
    """Explanations for the role `abbr` if a page gives none."""
    highlight_language: Line | None = None
    """The language of code blocks without one."""
    numbered_figures: Flag = False
    """Whether figures, tables and listings are numbered, starting from 1 in each lesson."""
    execution: Execution = "off"
    """Whether notebooks are run when changed (`cache`) or shown as saved (`off`)."""


class Lesson(Record):
    """A lesson of this portal, built from its own repository, or listed by its address."""

    KIND: ClassVar[str] = "lesson"

    title: Line
    """The title."""
    summary: Prose
    """What the lesson is about."""
    for_leaders: ForLeaders | None = None
    """A summary for group leaders and data stewards."""
    audience: tuple[Audience, ...] = ("learner",)
    """The audience."""
    audience_note: Prose | None = None
    """The audience, described in words."""
    level: Level | None = None
    """`beginner`, `intermediate` or `advanced`."""
    format: LessonFormat = "lesson"
    """`lesson`, `manual`, `notebook`, `slides` or `video`."""
    language: Language = "en"
    """The language of the pages."""
    topics: tuple[Line, ...] = ()
    """The topics in the catalogue, the main one first."""
    keywords: tuple[Line, ...] = ()
    """Additional search terms."""
    prerequisites: tuple[Prerequisite, ...] = ()
    """The prerequisites."""
    outcomes: tuple[Line, ...] = ()
    """What a learner can do afterwards."""
    teaching: Whole | None = None
    """Minutes of teaching stated for the entire lesson; compared with the sum of the episodes."""
    exercises: Whole | None = None
    """Minutes of exercises stated for the entire lesson; compared with the sum of the episodes."""
    episodes: tuple[EpisodeEntry, ...] = ()
    """The pages in order; by default that of the index page's toctrees."""
    reference: tuple[PagePath, ...] = ()
    """Reference pages, such as a guide for instructors; listed after the episodes."""
    contributors: tuple[Contributor, ...] = ()
    """Who made it, with roles."""
    licence: Licence | None = None
    """The licence; by default that of the portal for lessons in it."""
    doi: Doi | None = None
    """The DOI of all versions."""
    repository: Url | None = None
    """Where the source is kept."""
    status: Status = "stable"
    """`draft`, `beta`, `stable` or `archived`."""
    successor: LessonRef | None = None
    """The lesson that replaces an archived one."""
    version: Line | None = None
    """The version."""
    released: Date | None = None
    """The date of the version."""
    review_by: Date | None = None
    """The date of the next review; `guildhall due` reports when it has passed."""
    partners: tuple[PartnerRef, ...] = ()
    """Partners who maintain it."""
    projects: tuple[ProjectRef, ...] = ()
    """Projects that fund it."""
    recordings: tuple[Link, ...] = ()
    """Recordings of it being taught."""
    slides: tuple[Link, ...] = ()
    """Slides."""
    related: tuple[LessonRef, ...] = ()
    """Related lessons."""
    source: Source | None = None
    """Where the pages are, if not in the record's own folder."""
    url: Url | None = None
    """The lesson's own site; a record with an address and no pages is a catalogue entry."""
    build: Building = Building()
    """What the pages need to be built."""
    order: Whole = 0
    """The position in the catalogue."""

    @property
    def root(self) -> str:
        """The document name that all pages of the lesson begin with, such as ``lessons/git/``."""
        return self.docname.removesuffix("index")

    @property
    def is_elsewhere(self) -> bool:
        """Whether the pages come from another repository, and are not to be trusted."""
        return self.source is not None and self.source.git is not None
