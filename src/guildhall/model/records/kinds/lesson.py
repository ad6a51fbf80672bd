"""Lessons: what a lesson is, whom it is for, and how its pages are built.

Terms follow the Bioschemas profile TrainingMaterial and schema.org's LearningResource where these
have one; :mod:`guildhall.network.lessons.jsonld` holds the mapping.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from guildhall.core.values.identifiers import is_filled_once
from guildhall.model.records.fields import (
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
from guildhall.model.records.model import Model, Record
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
    """The lesson on one screen, for group leaders and data stewards who won't take it."""

    what: Prose
    """What it is."""
    why: Prose
    """Why it matters to a group or an organisation."""
    who: Prose
    """Whom to talk to."""


class Prerequisite(Model):
    """Something to know or to have before the lesson: a lesson of this portal, or a text."""

    lesson: LessonRef | None = None
    """A lesson to take before."""
    alternatives: tuple[LessonRef, ...] = ()
    """Lessons that do as well as that one."""
    text: Prose | None = None
    """What else is needed, or why that lesson is."""

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
    """Somebody who made the lesson what it is: a person of this portal, or just a name."""

    ABOUT: ClassVar[str] = "person"

    person: PersonRef | None = None
    """The record of the person."""
    name: Line | None = None
    """The name, where there is no record."""
    given_names: Line | None = None
    """The given names, for citations; with `family_names` in the place of `name`."""
    family_names: Line | None = None
    """The family names, for citations."""
    orcid: Orcid | None = None
    """The ORCID iD, where there is no record."""
    affiliation: Line | None = None
    """Where the person works, where there is no record."""
    is_organisation: Flag = False
    """Whether the name is an organisation's."""
    roles: tuple[ContributorRole, ...] = ("author",)
    """What was contributed; authors are the ones that a citation names."""

    @model_validator(mode="after")
    def _has_one_name(self) -> Contributor:
        given = [each for each in (self.person, self.name, self.family_names) if each is not None]
        if len(given) != 1:
            raise refusal("expected one of `person`, `name`, `family_names`")
        return self


def _episode(raw: Any) -> Any:
    return {"page": raw} if isinstance(raw, str) else raw


class Episode(Model):
    """A page of the lesson that is taught in one go."""

    page: PagePath
    """The page below the lesson's folder, without suffix, such as `part-2/merging`."""
    teaching: Whole | None = None
    """Minutes of teaching; by default those of the page's front matter."""
    exercises: Whole | None = None
    """Minutes of exercises; by default those of the page's front matter."""
    optional: Flag = False
    """Whether the lesson's length leaves the episode out."""


EpisodeEntry = Annotated[Episode, BeforeValidator(_episode), AlsoText()]
"""An episode, written as a bare page or as a mapping of `page`, `teaching`, `exercises`."""


class Source(Model):
    """Where the pages of a lesson lie that has a repository of its own."""

    git: GitAddress | None = None
    """The repository; left out where the pages lie below the lesson's own folder."""
    ref: Line = "HEAD"
    """The branch, tag or commit to follow; the lock file says which commit is built."""
    path: PagePath | None = None
    """The folder of the pages in the repository, such as `content`."""


class LinkRole(Model):
    """A role that makes links to one site, as `sphinx.ext.extlinks` has them."""

    address: LinkAddress
    """The address, with `%s` where the text of the role goes."""
    caption: Line | None = None
    """The words of the link, with `%s` where the text goes; by default the whole address."""

    @model_validator(mode="after")
    def _is_filled_once(self) -> LinkRole:
        if self.caption is not None and not is_filled_once(self.caption):
            raise refusal("expected `%s` once in the `caption`; any other `%` is written `%%`")
        return self


class Building(Model):
    """What the pages need to be built as in a project of their own.

    A foreign lesson's own `conf.py` is never run; `guildhall lessons add` proposes these by
    reading it.
    """

    extensions: tuple[Line, ...] = ()
    """Sphinx extensions beyond those that every lesson has, from Guildhall's list."""
    myst_extensions: tuple[Line, ...] = ("colon_fence", "deflist")
    """Syntax extensions of MyST."""
    heading_anchors: Whole = 0
    """The heading level down to which links to headings work in Markdown."""
    section_labels_with_page: Flag = False
    """Whether labels that `sphinx.ext.autosectionlabel` makes of headings begin with the page."""
    section_labels_depth: Whole = 0
    """The heading level down to which it makes them; 0 for all."""
    exclude: tuple[Line, ...] = ()
    """Patterns of files that are no pages."""
    intersphinx: dict[Slug, Url] = {}
    """Other sites whose pages can be referred to by name."""
    extlinks: dict[Line, LinkRole] = {}
    """Roles that make links to one site, by name."""
    bibliography: tuple[PagePath, ...] = ()
    """BibTeX files of the lesson, for `sphinxcontrib.bibtex`; `references.bib` from its root."""
    todos: Flag = False
    """Whether the notes of the directive `todo` are shown."""
    rst_prolog: SourceText | None = None
    """reStructuredText that each page in it begins with."""
    rst_epilog: SourceText | None = None
    """reStructuredText that each page in it ends with, such as substitutions and link targets."""
    substitutions: dict[Line, Line] = {}
    """Texts that pages name by a key."""
    abbreviations: dict[Line, Line] = {}
    """Explanations for the role `abbr` where a page gives none."""
    highlight_language: Line | None = None
    """The language of code blocks that name none."""
    numbered_figures: Flag = False
    """Whether figures, tables and listings are numbered, anew in each lesson."""
    execution: Execution = "off"
    """Whether notebooks are run when they changed (`cache`) or shown as saved (`off`)."""


class Lesson(Record):
    """A lesson of this portal, built from a repository of its own, or listed by its address."""

    KIND: ClassVar[str] = "lesson"

    title: Line
    """The title."""
    summary: Prose
    """What the lesson is about."""
    for_leaders: ForLeaders | None = None
    """The lesson for group leaders and data stewards."""
    audience: tuple[Audience, ...] = ("learner",)
    """Whom it is for."""
    audience_note: Prose | None = None
    """Whom it is for, in words."""
    level: Level | None = None
    """`beginner`, `intermediate` or `advanced`."""
    format: LessonFormat = "lesson"
    """`lesson`, `manual`, `notebook`, `slides` or `video`."""
    language: Language = "en"
    """The language of the pages."""
    topics: tuple[Line, ...] = ()
    """What the catalogue files it under, the main topic first."""
    keywords: tuple[Line, ...] = ()
    """Further words to find it by."""
    prerequisites: tuple[Prerequisite, ...] = ()
    """What comes before."""
    outcomes: tuple[Line, ...] = ()
    """What a learner can do afterwards."""
    teaching: Whole | None = None
    """Minutes of teaching as stated for the whole lesson; compared with the episodes' sum."""
    exercises: Whole | None = None
    """Minutes of exercises as stated for the whole lesson; compared with the episodes' sum."""
    episodes: tuple[EpisodeEntry, ...] = ()
    """The pages in their order; by default the order of the index page's toctrees."""
    reference: tuple[PagePath, ...] = ()
    """Pages to look things up in, such as a guide for instructors; listed after the episodes."""
    contributors: tuple[Contributor, ...] = ()
    """Who made it, with roles."""
    licence: Licence | None = None
    """The licence; by default the portal's own for lessons that lie in it."""
    doi: Doi | None = None
    """The DOI of all versions."""
    repository: Url | None = None
    """Where the source is kept."""
    status: Status = "stable"
    """`draft`, `beta`, `stable` or `archived`."""
    successor: LessonRef | None = None
    """The lesson to take in the place of an archived one."""
    version: Line | None = None
    """The version."""
    released: Date | None = None
    """The date of the version."""
    review_by: Date | None = None
    """The day by which it is to be reviewed again; `guildhall due` tells when that is over."""
    partners: tuple[PartnerRef, ...] = ()
    """Partners who carry it."""
    projects: tuple[ProjectRef, ...] = ()
    """Projects that fund it."""
    recordings: tuple[Link, ...] = ()
    """Recordings of it being taught."""
    slides: tuple[Link, ...] = ()
    """Slides."""
    related: tuple[LessonRef, ...] = ()
    """Lessons near it."""
    source: Source | None = None
    """Where the pages lie, if not in the record's own folder."""
    url: Url | None = None
    """The lesson's own site; a record with an address and no pages is a catalogue entry."""
    build: Building = Building()
    """What the pages need to be built."""
    order: Whole = 0
    """The place in the catalogue."""

    @property
    def root(self) -> str:
        """The document name that all pages of the lesson begin with, such as ``lessons/git/``."""
        return self.docname.removesuffix("index")

    @property
    def is_elsewhere(self) -> bool:
        """Whether the pages come from another repository, and are not to be trusted."""
        return self.source is not None and self.source.git is not None
