"""Mermaid diagrams: their source is on the page, and a script draws them.

The script is asked for at another site only on a click, or comes from the portal's own
``conf/static/mermaid.min.js`` where that file is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from guildhall.core.words import word
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.nodes import add_html_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOCAL = "mermaid.min.js"


class diagram(nodes.General, nodes.Element):  # noqa: N801
    """A diagram; its child is the source, ``node["label"]`` says what is shown."""


class Mermaid(SphinxDirective):
    """A Mermaid diagram, from the content or from the file given as argument.

    Options:
        name: a label.
        alt: what the diagram shows, in words.
        caption: a text below.
        align: left, center or right.
        zoom: accepted.
        config: accepted.
        title: the title of the diagram.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("name", "alt", "caption", "align", "zoom", "config", "title"), directives.unchanged
    )

    def run(self) -> list[nodes.Node]:
        """Build the diagram."""
        if self.arguments:
            _, path = self.env.relfn2path(self.arguments[0])
            self.env.note_dependency(path)
            try:
                code = Path(path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise self.error(
                    f"`{self.name}`: {self.arguments[0]} can't be read: {error}"
                ) from None
        else:
            code = "\n".join(self.content)
        language = page_language(self.env, self.env.docname)
        named = self.options.get("alt") or self.options.get("title") or self.options.get("caption")
        block = nodes.literal_block(code, code, language="text", classes=["mermaid-source"])
        node = diagram(
            "",
            block,
            label=named or word(language, "Diagram"),
            draw=word(language, "Draw the diagram (loads Mermaid from jsdelivr.net)"),
            failed=word(language, "The diagram could not be drawn."),
            source=word(language, "The diagram as text"),
        )
        self.set_source_info(node)
        self.add_name(node)
        caption = self.options.get("caption")
        return [node, nodes.paragraph(caption, caption, classes=["caption"])] if caption else [node]


def _visit(translator: Any, node: diagram) -> None:
    builder = translator.builder
    local = any(
        (Path(builder.confdir) / each / LOCAL).is_file() for each in builder.config.html_static_path
    )
    # Where the script is, only the theme's own script says: pages may be written by strangers.
    attributes = {
        "data-gh-diagram": node["label"],
        "data-gh-draw": node["draw"],
        "data-gh-failed": node["failed"],
        **({"data-gh-local": ""} if local else {}),
    }
    translator.body.append(translator.starttag(node, "div", CLASS="gh-diagram", **attributes))
    translator.body.append(
        f"<details open><summary>{translator.encode(node['source'])}</summary>\n"
    )


def _depart(translator: Any, node: diagram) -> None:
    translator.body.append("</details></div>\n")


DIRECTIVES: dict[str, type[SphinxDirective]] = {"mermaid": Mermaid}


def setup_diagrams(app: Sphinx) -> None:
    """Register the directive."""
    add_html_node(app, diagram, _visit, _depart)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive, override=True)
