"""Names of directives and roles that checks know something about."""

from __future__ import annotations

VERBATIM = frozenset(
    {
        "bibliography", "code", "code-block", "code-cell", "contents", "csv-table", "doctest",
        "eval-rst", "exerciselist", "glossary-list", "graphviz", "highlight", "iframe", "image",
        "include", "index", "inheritance-diagram", "jupyter-execute", "literalinclude", "math",
        "mermaid", "parsed-literal", "plantuml", "plot", "productionlist", "prompt", "raw",
        "sourcecode", "testcleanup", "testcode", "testoutput", "testsetup", "toctree", "uml",
        "video", "vimeo", "youtube",
    }
)  # fmt: skip
"""Directives whose content is no prose."""
CODE = frozenset({"code", "code-block", "sourcecode"})
"""Directives whose argument is the language of their code."""
EXERCISES = ("exercise", "challenge")
SOLUTION_WORDS = (
    "solution", "answer", "lausn", "lösning", "lösung", "løsning", "løysing", "ratkaisu",
)  # fmt: skip
"""Parts of titles of solutions, in the languages of lessons."""
ROLES_WITH_TEXT = frozenset({"ref", "doc", "any", "numref", "download", "lesson", "link"})
"""Roles of links; a text may stand before the target in angle brackets."""
RST_ROLES = frozenset(
    {
        "abbr", "any", "class", "code", "command", "dfn", "doc", "download", "envvar", "eq",
        "file", "func", "guilabel", "kbd", "keyword", "math", "menuselection", "meth", "mod",
        "numref", "option", "program", "py:class", "py:func", "py:meth", "py:mod", "ref",
        "samp", "sub", "sup", "term", "token",
    }
)  # fmt: skip
OPTIONS = frozenset(
    {
        "align", "alt", "caption", "class", "delim", "dedent", "emphasize-lines", "encoding",
        "figclass", "figwidth", "file", "header-rows", "height", "language", "lineno-start",
        "linenos", "lines", "loading", "name", "number-lines", "scale", "stub-columns", "sync",
        "target", "width", "widths",
    }
)  # fmt: skip
"""Options of common directives, known by name where they stand among text."""
