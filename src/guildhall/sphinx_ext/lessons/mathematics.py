"""Formulas as MathML: read aloud by screen readers, drawn by the browser, asked of no other site.

docutils knows how to turn TeX into MathML. What it can't turn is shown as the TeX that was written.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util.math import get_node_equation_number

from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.scope import page_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

RENDERER = "guildhall"
LONGEST_SHOWN = 60
"""Signs of a formula that a message shows."""

_SPELLINGS = (
    # Environments that differ in their numbers only, which are Sphinx's here.
    (
        r"\\(begin|end)\{(?:align|eqnarray|flalign|gather|gathered|multline|split)\*?\}",
        r"\\\1{aligned}",
    ),
    (r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}", ""),
    (r"\\begin\{array\}\s*(?:\[[a-z]\])?\s*\{[^{}]*\}", r"\\begin{matrix}"),
    (r"\\end\{array\}", r"\\end{matrix}"),
    (r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", ""),
    (r"\\dots(?![A-Za-z])", r"\\ldots"),
    (r"\\text(?:bf|it|tt|rm|sf)\{", r"\\text{"),
)
"""TeX that docutils doesn't know, and what it knows that means the same."""


@cache
def mathml(tex: str, *, is_block: bool) -> str | None:
    """Turn TeX into MathML with the TeX beside it.

    Args:
        tex: the formula, without dollars.
        is_block: whether it stands by itself.

    Returns:
        a ``math`` element, or None where the formula holds what docutils doesn't know.
    """
    try:
        made = tex2mathml(_respelled(tex), as_block=is_block)
    except (MathError, SyntaxError, IndexError, KeyError, AttributeError, TypeError, ValueError):
        # Its parser meets broken TeX with whatever comes up.
        return None
    return str(made).replace("<math", f'<math alttext="{escape(tex)}"', 1)


def _respelled(tex: str) -> str:
    for pattern, spelling in _SPELLINGS:
        tex = re.sub(pattern, spelling, tex)
    return tex.strip()


def _html(tex: str, node: nodes.Element, *, is_block: bool) -> str:
    made = mathml(tex, is_block=is_block)
    if made is None:
        shown = " ".join(tex.split())
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
        message = f"the formula `{shown}` is shown as TeX: it can't be converted to MathML"
        warn(rules.LESSON, message, node)
        return f'<code class="math">{escape(tex)}</code>'
    return made


def _visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate"))
    translator.body.append(f"{_html(node.astext(), node, is_block=False)}</span>")
    raise nodes.SkipNode


def _visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    language = page_language(translator.builder.env, translator.builder.current_docname)
    label = word(language, "Formula")
    attributes: dict[str, Any] = {"role": "region", "tabindex": "0", "aria-label": label}
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate", **attributes))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, word(language, "Link to this formula"))
        translator.body.append("</span>")
    parts = [part.strip() for part in node.astext().split("\n\n") if part.strip()]
    translator.body += [_html(_lined_up(part), node, is_block=True) for part in parts]
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _lined_up(tex: str) -> str:
    """Several lines as one block of lines, as Sphinx's own renderers take them."""
    is_lines = "\\\\" in tex and "\\begin{" not in tex
    return f"\\begin{{aligned}}{tex}\\end{{aligned}}" if is_lines else tex


def setup_mathematics(app: Sphinx) -> None:
    """Register the renderer."""
    app.add_html_math_renderer(
        RENDERER, inline_renderers=(_visit_math, None), block_renderers=(_visit_block, None)
    )
