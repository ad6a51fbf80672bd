"""What is run on this repository, by people and by CI."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests", "portal", "docs"]


@nox.session
def portal(session: nox.Session) -> None:
    """Check the records and build the portal."""
    session.install("-e", ".")
    session.run("guildhall", "check", "--offline")
    session.run("guildhall", "build")


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests; arguments after -- go to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def themes(session: nox.Session) -> None:
    """Build a small portal with other themes of the field."""
    installed = ("furo", "pydata-sphinx-theme", "sphinx-book-theme", "sphinx-rtd-theme")
    session.install("-e", ".[test]", *installed)
    session.run("pytest", "tests/builds/test_themes.py", *session.posargs)


@nox.session
def newest(session: nox.Session) -> None:
    """Run all tests on the newest Sphinx; arguments after -- go to pytest.

    sphinx-lesson asks for an older one than it needs. So Sphinx is brought up after it, by a
    command of its own, which pip warns of.
    """
    session.install("-e", ".[test]")
    session.install("--upgrade", "sphinx")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, and that imports point one way."""
    session.install("-e", ".[lint]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation with Guildhall itself."""
    session.install("-e", ".")
    session.run("guildhall", "build", "docs")


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Check the portal, and ask other sites whether what it links to is still there."""
    session.install("-e", ".")
    session.run("guildhall", "check")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure builds against plain Sphinx, and the check of links beside its peers.

    Prints ratios of one run. After -- stands which of the two, builds or links, with its arguments;
    without, both are measured.
    """
    which, *arguments = session.posargs or ("all",)
    if which not in {"all", "builds", "links"}:
        which, arguments = "builds", session.posargs
    session.install("-e", ".", "psutil>=5.9")
    if which in {"all", "builds"}:
        session.run("python", "tests/bench/bench.py", *arguments)
    if which in {"all", "links"}:
        peers = f"--peers={session.cache_dir / 'bench-peers'}"
        session.run("python", "-m", "tests.bench.links", peers, *arguments)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests and show which lines they run; arguments after -- go to pytest."""
    session.install("-e", ".[test]", "coverage>=7.10", "pytest-cov>=6.0")
    session.run("pytest", "-n", "auto", "--cov", "--cov-report=", *session.posargs)
    session.run("coverage", "report", "--skip-covered", "--sort=cover")


@nox.session
def mutants(session: nox.Session) -> None:
    """Change what computes sums, values and times, one thing at a time; list what no test notices.

    Arguments after -- go to mutmut: names such as "guildhall.network.ledger.*", without which all
    of it is run for hours, and --max-children for how many processes there are. `mutmut show NAME`,
    in `.nox/mutants/bin`, shows what was changed.
    """
    session.install("-e", ".[test]", "mutmut>=3.8")
    session.run("mutmut", "run", *session.posargs)
    # A run of some says of each what became of it.
    if not any("guildhall" in each for each in session.posargs):
        session.run("mutmut", "results")
