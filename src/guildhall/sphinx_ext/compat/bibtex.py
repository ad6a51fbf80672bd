"""Two parts of ``sphinxcontrib.bibtex`` that it has for itself.

Why: a subclass of its directive can't say which entries are listed, and of its transform there is
one for the whole project.

Without it: a lesson from elsewhere could filter by a pattern that never ends, and a page that is
shown again on another would have an empty bibliography there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sphinxcontrib.bibtex.directives import BibliographyDirective
from sphinxcontrib.bibtex.transforms import BibliographyTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class OpenBibliography(BibliographyDirective):
    """A list of what is cited, whose subclasses may choose what is listed."""

    def chosen(self) -> ast.AST:
        """The expression that says of each entry whether it is listed."""
        return super()._get_filter()

    def _get_filter(self) -> ast.AST:
        return self.chosen()


def replace_transform(app: Sphinx, transform: type[BibliographyTransform]) -> None:
    """Have bibliographies filled by a subclass of the extension's transform."""
    transforms = app.registry.post_transforms
    transforms[transforms.index(BibliographyTransform)] = transform
