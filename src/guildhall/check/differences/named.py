"""The figures that pages and claims speak of by name, beyond those that stand in a table."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.check.differences.held import Held, KeyedFigure
from guildhall.check.differences.pairs import Pairs
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.network.ledger.figures import Figures

PORTAL, PROJECT = "portal", "project"


def portal_figures(figures: Figures) -> Iterator[KeyedFigure]:
    """The named figures of all workshops of the portal."""
    for name, figure in figures.of_portal.items():
        yield (
            (PORTAL, name),
            Held(
                "Figures of all workshops", figure.label, figure.value, figure.unit, names=(name,)
            ),
        )


def project_figures(
    registry: Registry, figures: Figures, known: set[tuple[str, str]], pairs: Pairs
) -> Iterator[KeyedFigure]:
    """The named figures of all projects.

    Args:
        registry: the records.
        figures: the figures.
        known: the present ids of projects, each with a figure's name that is told already.
        pairs: the ids that records have now.
    """
    for project in registry.of(Project):
        at = pairs.present(Project.KIND, project.key)
        for name, figure in figures.of(project.key).items():
            if (at, name) not in known:
                yield (
                    (PROJECT, at, name),
                    Held(
                        f"Figures of {project.name}",
                        figure.label,
                        figure.value,
                        figure.unit,
                        names=(f"{project.key}:{name}" if name in figures.of_portal else name,),
                    ),
                )
