"""What lists of a lesson are made of: its exercises, key points, notes, terms and figures.

Of each page only plain data is kept: how many exercises it has, and a digest of all that lists may
show. The nodes themselves are taken from the page's doctree when a page with a list is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from guildhall.core.words import word
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.reading_order import reading_order
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from guildhall.model.records.kinds.lesson import Lesson

EXERCISE_CLASSES = frozenset({"exercise", "challenge"})
"""Classes of the admonitions that are numbered as exercises."""

Matches = Callable[[nodes.Element], bool]


def is_exercise(node: nodes.Node) -> bool:
    """Whether a node is an exercise, of one of the lesson directives or a plain admonition."""
    return isinstance(node, nodes.admonition) and bool(EXERCISE_CLASSES & set(node["classes"]))


def has_class(include: frozenset[str], exclude: frozenset[str] = frozenset()) -> Matches:
    """A test for admonitions with one of some classes and none of others."""

    def matches(node: nodes.Element) -> bool:
        if not isinstance(node, nodes.Admonition | nodes.admonition):
            return False
        classes = {node.tagname, *node["classes"]}
        return bool(include & classes) and not exclude & classes

    return matches


def is_glossary(node: nodes.Element) -> bool:
    """Whether a node is a glossary."""
    return isinstance(node, addnodes.glossary)


def is_captioned(node: nodes.Element) -> bool:
    """Whether a node is a figure or a table with a caption."""
    if isinstance(node, nodes.figure):
        return any(isinstance(child, nodes.caption) for child in node)
    return isinstance(node, nodes.table) and any(isinstance(c, nodes.title) for c in node)


def found_in(document: nodes.Element, matches: Matches) -> Iterator[nodes.Element]:
    """The matching nodes, in order, without those inside another one."""
    for child in document.children:
        if not isinstance(child, nodes.Element):
            continue
        if matches(child):
            yield child
        else:
            yield from found_in(child, matches)


def is_listed_somewhere(node: nodes.Element) -> bool:
    """Whether a list could show a node."""
    return isinstance(node, nodes.Admonition) or is_glossary(node) or is_captioned(node)


def note_material(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what the lists of other pages depend on."""
    env = app.env
    if lesson_at(env, env.docname) is None:
        return
    domain = domain_of(env)
    count = sum(1 for node in doctree.findall(nodes.admonition) if is_exercise(node))
    listed = "".join(node.pformat() for node in found_in(doctree, is_listed_somewhere))
    title = env.titles[env.docname].astext() if env.docname in env.titles else ""
    digest = hashlib.sha256(f"{title}\n{listed}".encode()).hexdigest()[:16]
    domain.material[env.docname] = (count, digest)


def exercises_before(env: BuildEnvironment, lesson: Lesson, docname: str) -> int:
    """How many exercises the pages before ``docname`` have, in the order of reading."""
    material = domain_of(env).material
    order = reading_order(env, lesson)
    before = order[: order.index(docname)] if docname in order else order
    return sum(material.get(each, (0, ""))[0] for each in before)


def exercise_number(
    env: BuildEnvironment, lesson: Lesson, docname: str, tree: nodes.Node, exercise: nodes.Element
) -> str:
    """The number that an exercise has on its page: its own, or that of its place in the lesson."""
    title = next((child.astext() for child in exercise if isinstance(child, nodes.title)), "")
    own = re.match(r"[0-9][0-9.]*", _spoken(lesson).sub("", title, count=1))
    if own and _spoken(lesson).match(title):
        return own[0].rstrip(".")
    admonitions = tree.findall(nodes.admonition)
    here: list[nodes.Element] = [node for node in admonitions if is_exercise(node)]
    return str(exercises_before(env, lesson, docname) + here.index(exercise) + 1)


def labelled(node: nodes.Element) -> nodes.Element:
    """What a label is about: the admonition itself where its target stands before it."""
    while isinstance(node, nodes.target) and node.parent is not None:
        after = node.next_node(descend=False, siblings=True)
        if not isinstance(after, nodes.target | nodes.admonition):
            break
        node = after
    return node


def _spoken(lesson: Lesson) -> re.Pattern[str]:
    """The word "Exercise" at the beginning of a title."""
    name = word(lesson.language, "Exercise")
    return re.compile(rf"(?:{re.escape(name)}|Exercise)\b[\s:.\u2013-]*", re.IGNORECASE)


def number_exercises(env: BuildEnvironment, lesson: Lesson, docname: str, tree: nodes.Node) -> None:
    """Put the number of each exercise, counted through the lesson, before its title.

    A title that begins with the word "Exercise" doesn't say it twice; one that goes on with a
    number of its own keeps that one.
    """
    number = exercises_before(env, lesson, docname)
    spoken = _spoken(lesson)
    for node in tree.findall(nodes.admonition):
        if not is_exercise(node):
            continue
        number += 1
        title = next((child for child in node if isinstance(child, nodes.title)), None)
        if title is None or title.get("gh_numbered"):
            continue
        title["gh_numbered"] = True
        begins = spoken.match(title.astext())
        rest = title.astext()[begins.end() :] if begins else title.astext()
        if begins and rest[:1].isdigit():
            continue
        text = word(lesson.language, "Exercise {number}").format(number=number)
        first = title.children[0] if title.children else None
        if begins and isinstance(first, nodes.Text):
            title.replace(first, nodes.Text(spoken.sub("", first.astext(), count=1)))
        label = nodes.inline("", text, classes=["gh-exercise-number"])
        title.insert(0, [label, nodes.Text(" ")] if rest else [label])


def material_digest(env: BuildEnvironment, lesson: Lesson) -> str:
    """A digest of all that the lists of a lesson may show."""
    material = domain_of(env).material
    parts = [(each, material.get(each)) for each in reading_order(env, lesson)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
