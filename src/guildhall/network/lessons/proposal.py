"""Proposes the record of a lesson that lives elsewhere, from what its repository says of it.

``conf.py`` is read as text. What the proposal leaves out stands in it as comments, with the reason,
so that whoever adds the lesson sees what is different here; what pages may miss stands first.
"""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guildhall.core.findings.finding import Finding
from guildhall.core.forges import web_address
from guildhall.core.values.characters import unseen
from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.values.identifiers import (
    is_filled_once,
    parse_language,
    parse_link_address,
    parse_page_path,
    parse_slug,
    parse_url,
)
from guildhall.core.yaml_source import UnreadableError, read_yaml
from guildhall.core.yaml_writer import entry_lines, quoted, scalar
from guildhall.model.base.rules import PROSE
from guildhall.model.records.kinds.lesson import LESSON_FILE
from guildhall.model.records.load import load_record
from guildhall.model.records.prose import Targets, objections_to
from guildhall.network.lessons.catalogue import first_sentence
from guildhall.network.lessons.extensions import Verdict, judge
from guildhall.network.lessons.foreign_conf import ForeignConf, Note, read_conf

USUAL_FOLDERS = ("content", "docs", "source", "doc", "docs/source", "lesson", ".")
"""Where lessons keep their ``conf.py``, the most usual place first."""
TODO_SUMMARY = "TODO: say in two or three sentences what learners get from this lesson."
MYST_EXTENSIONS = frozenset(
    """
alert amsmath attrs_block attrs_image attrs_inline colon_fence deflist dollarmath fieldlist
gfm_autolink html_admonition html_image linkify replacements section_ref smartquotes strikethrough
substitution tasklist
""".split()  # noqa: SIM905
)
"""Syntax extensions of MyST-Parser 5 (``myst_parser.config.main``)."""

_ABBREVIATIONS = ("abbr_map", "abbreviations")
"""Names that lessons give to the explanations of their own role ``abbr``."""
_NO_PAGES = frozenset({"_build", "Thumbs.db", ".DS_Store"})
_TAKEN = frozenset(
    """
project language extensions exclude_patterns myst_enable_extensions myst_heading_anchors
myst_substitutions intersphinx_mapping highlight_language numfig rst_prolog rst_epilog extlinks
bibtex_bibfiles todo_include_todos autosectionlabel_prefix_document autosectionlabel_maxdepth
""".split()  # noqa: SIM905
)
_NEEDLESS = frozenset(
    """
author copyright project_copyright version release today github_user github_repo_name
github_version conf_py_path source_suffix source_encoding pygments_style
sphinx_lesson_transform_html_img
""".split()  # noqa: SIM905
)
_AROUND = ("rst_prolog", "rst_epilog")
_LOOKS = ("html_", "latex_", "epub_", "man_", "texinfo_", "copybutton_", "templates_", "gettext_")
_EXECUTION = ("nb_execution_mode", "jupyter_execute_notebooks")
_TEMPLATES = ("{{", "{%", "{#")
_WIDTH = 96
_NO_PROSE = re.compile(
    r"\s{2}|\s*([-*+|>#=<!(]|\d+\.|\[!|\.\. |:\w+:|```|:::)|.*(<\w|!\[|\|\s|:\w+:`|\{[\w-]+\})"
)
_FENCED = re.compile(r"^(?P<fence>`{3,}|:{3,}).*?^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE)
_SHORT = 40
_WHOLE = re.compile(r"\w.*[^\W_][)\"'”’]?[.!?]", re.DOTALL)
_ADDRESS = re.compile(r"://|\bwww\.|\b[\w-]+\.(?:com|dev|github\.io|io|net|org)\b")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\)|`([^`<]+?)\s*<[^>`]*>`__?")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository that is here, and how it is named in the record.

    Args:
        folder: its files.
        git: its address.
        ref: the branch, tag or commit that is followed.
        path: the folder of the pages in it; None for its top.
        commit: the commit that is here.
    """

    folder: Path
    git: str
    ref: str
    path: str | None
    commit: str

    @property
    def pages(self) -> Path:
        """The folder of the pages."""
        return self.folder / self.path if self.path else self.folder


def find_pages(folder: Path) -> str | None:
    """Find the folder that holds a Sphinx project in a repository.

    Args:
        folder: the repository's files.

    Returns:
        its path below ``folder``, ``.`` for that one itself, or None where there is none.
    """
    for name in USUAL_FOLDERS:
        if (folder / name / "conf.py").is_file():
            return name
    deeper = [*folder.glob("*/conf.py"), *folder.glob("*/*/conf.py")]
    inside = sorted(path.parent.relative_to(folder).as_posix() for path in deeper)
    return inside[0] if inside else None


def propose(key: str, repository: Repository) -> str:
    """Write the record of a lesson.

    Args:
        key: the lesson's id.
        repository: its repository.

    Returns:
        the text of ``lesson.yml``; a title and a summary that the repository doesn't give are
        marked with ``TODO``.

    Raises:
        UnreadableConfError: where the lesson's ``conf.py`` can't be read.
    """
    path = repository.pages / "conf.py"
    conf = read_conf(path) if path.is_file() else ForeignConf()
    facts = _facts(repository)
    text = ""
    for title in (*_titles(conf, facts, repository), f"TODO: the title of {key}"):
        for summary in (*_summaries(facts, repository), TODO_SUMMARY):
            text = "\n".join(_record(key, repository, conf, facts, title, summary)) + "\n"
            faults = _faults(key, text)
            if not faults:
                return text
            if not any("summary" in str(f.message) or f.rule == PROSE.id for f in faults):
                break
    return text


def complete(entry: str, repository: Repository) -> str:
    """Add to the record of a lesson without pages where they live, and how they are built.

    Args:
        entry: the text of the record, which stays as it is.
        repository: the lesson's repository.

    Raises:
        UnreadableConfError: where the lesson's ``conf.py`` can't be read.
    """
    path = repository.pages / "conf.py"
    conf = read_conf(path) if path.is_file() else ForeignConf()
    missed = _comments("What pages may lack here compared with their own site:", conf)
    return "\n".join([entry.rstrip("\n"), "", *missed, *_source(repository, conf)]) + "\n"


def _faults(key: str, text: str) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LESSON_FILE
        path.write_text(text, encoding="utf-8")
        return load_record(path, f"lessons/{key}/index").faults


def _facts(repository: Repository) -> dict[str, str]:
    """The texts that metadata.yml and CITATION.cff give, the former's first."""
    facts: dict[str, str] = {}
    for folder in dict.fromkeys((repository.pages, repository.folder)):
        for name in ("metadata.yml", "CITATION.cff"):
            try:
                data, _, _ = read_yaml(folder / name)
            except UnreadableError:
                continue
            for key, value in data.items() if isinstance(data, dict) else ():
                if isinstance(value, str) and value.strip():
                    facts.setdefault(key, " ".join(value.split()))
    return facts


def _titles(conf: ForeignConf, facts: Mapping[str, str], repository: Repository) -> Iterator[str]:
    for title in (conf.text("project"), facts.get("title"), _heading(_readme(repository))):
        if title:
            yield title


def _summaries(facts: Mapping[str, str], repository: Repository) -> Iterator[str]:
    """First sentences, of what the lesson says of itself and then of its start pages."""
    texts = (_start_of(repository.pages, "index.md", "index.rst"), _readme(repository))
    paragraphs = (first_sentence(each) for text in texts for each in _paragraphs(text))
    # A short one, such as a greeting, says nothing of the lesson.
    sentences = (each for each in paragraphs if len(each) > _SHORT)
    for sentence in (first_sentence(facts.get("abstract", "")), *sentences):
        if _WHOLE.fullmatch(sentence) and not _ADDRESS.search(sentence):
            yield sentence


def _readme(repository: Repository) -> str:
    return _start_of(repository.folder, "README.md", "README.rst", "README", "readme.md")


def _start_of(folder: Path, *names: str) -> str:
    """The first 20,000 characters of the first file that is there and is text."""
    for name in names:
        try:
            with (folder / name).open(encoding="utf-8-sig") as file:
                return file.read(20_000)
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _heading(text: str) -> str | None:
    found = re.search(r"^#[ \t]+(?P<title>\S.*)$", text, re.MULTILINE)
    return _without_links(found["title"]).strip(" #*") or None if found else None


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs that are running text: no list, picture, badge, heading or markup."""
    for block in re.split(r"\n[ \t]*\n", _without_links(_FENCED.sub("", text))):
        lines = block.strip("\n").split("\n")
        underlined = any(re.fullmatch(r"([=\-~^\"'#*+])\1{2,}\s*", line) for line in lines)
        if underlined or not block.strip() or any(_NO_PROSE.match(line) for line in lines):
            continue
        yield " ".join(block.split())


def _without_links(text: str) -> str:
    return _LINK.sub(lambda found: found[1] or found[2] or "", text)


def _record(
    key: str,
    repository: Repository,
    conf: ForeignConf,
    facts: Mapping[str, str],
    title: str,
    summary: str,
) -> Iterator[str]:
    """The lines of the record."""
    has_conf = (repository.pages / "conf.py").is_file()
    yield "# The pages of this lesson are in their own repository. conf/lessons.lock says"
    yield "# which of its commits is built; to update it to the newest:"
    yield f"#     guildhall lessons update {key}"
    if has_conf:
        yield "# All below is a proposal, made by reading the lesson's conf.py without running it."
        yield from _comments("What pages may lack here compared with their own site:", conf)
    yield "kind: lesson"
    yield f"title: {quoted(title)}"
    yield "summary: |"
    yield from (f"  {line}" for line in _wrapped(summary))
    yield "# Authors, licence, version, DOI and keywords are read from the CITATION.cff and the"
    yield "# metadata.yml of the repository; values here take precedence. The reference has"
    yield "# further keys: level, audience, topics, prerequisites, outcomes, episodes, for_leaders."
    language = (conf.text("language") or "en").replace("_", "-")
    if language != "en" and _reads(parse_language, language):
        yield f"language: {scalar(language)}"
    address = web_address(repository.git) or _of_context(conf)
    if address and _reads(parse_url, address):
        yield f"repository: {scalar(address)}"
    sites = (facts.get("url"), conf.text("html_baseurl"), conf.text("ogp_site_url"))
    site = next((each for each in sites if each and _reads(parse_url, each)), None)
    if site:
        yield "# Its own site; references of other lessons to it lead to its pages here."
        yield f"url: {scalar(site)}"
    yield ""
    yield from _source(repository, conf)


def _source(repository: Repository, conf: ForeignConf) -> Iterator[str]:
    """Where the pages live, and how they are built."""
    yield "source:"
    yield f"  git: {scalar(repository.git)}"
    yield f"  ref: {scalar(repository.ref)}"
    if repository.path:
        yield f"  path: {scalar(repository.path)}"
    if (repository.pages / "conf.py").is_file():
        yield from _build(conf)
        yield from _left_out(conf)


def _wrapped(text: str) -> list[str]:
    """A paragraph in lines; in one, where a new line would begin like a list or a heading."""
    lines = textwrap.wrap(text, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return [text] if any(_NO_PROSE.match(line) for line in lines[1:]) else lines


def _of_context(conf: ForeignConf) -> str | None:
    context = conf.mapping("html_context")
    user, name = context.get("github_user"), context.get("github_repo")
    if not (isinstance(user, str) and isinstance(name, str)):
        return None
    sound = all(re.fullmatch(r"[A-Za-z0-9_.-]+", part) for part in (user, name))
    return f"https://github.com/{user}/{name}" if sound else None


def missed(repository: Repository) -> tuple[str, ...]:
    """What the pages of a lesson may miss here, each as a clause with the reason.

    Raises:
        UnreadableConfError: where the lesson's ``conf.py`` can't be read.
    """
    path = repository.pages / "conf.py"
    return tuple(_missed(read_conf(path))) if path.is_file() else ()


def _build(conf: ForeignConf) -> Iterator[str]:
    yield ""
    yield "build:"
    extensions = [judge(name) for name in conf.texts("extensions")]
    asked = [each.name for each in extensions if each.verdict is Verdict.ASKED_FOR]
    if asked:
        yield from entry_lines("extensions", asked, 2)
    yield from _of_asked(conf, asked)
    syntax = [name for name in conf.texts("myst_enable_extensions") if name in MYST_EXTENSIONS]
    yield from entry_lines("myst_extensions", syntax, 2)
    anchors = conf.values.get("myst_heading_anchors")
    if isinstance(anchors, int) and 0 < anchors <= 7:
        yield f"  heading_anchors: {int(anchors)}"
    exclude = [name for name in conf.texts("exclude_patterns") if name not in _NO_PAGES]
    if exclude:
        yield from entry_lines("exclude", exclude, 2)
    yield from _mapping("intersphinx", _inventories(conf))
    yield from _texts("substitutions", _substitutions(conf))
    for name in _ABBREVIATIONS:
        if conf.mapping(name):
            yield from _texts("abbreviations", _lines(conf.mapping(name)))
            break
    language = conf.text("highlight_language")
    if language:
        yield f"  highlight_language: {scalar(language)}"
    if conf.values.get("numfig") is True:
        yield "  numbered_figures: true"
    if conf.values.get("todo_include_todos") is True:
        yield "  todos: true"
    for name in _AROUND:
        yield from _block(name, conf.lines_of(name))


def _of_asked(conf: ForeignConf, asked: Iterable[str]) -> Iterator[str]:
    """The settings of the extensions that a lesson asks for."""
    if "sphinx.ext.autosectionlabel" in asked:
        if conf.values.get("autosectionlabel_prefix_document") is True:
            yield "  section_labels_with_page: true"
        depth = conf.values.get("autosectionlabel_maxdepth")
        if isinstance(depth, int) and depth > 0:
            yield f"  section_labels_depth: {depth}"
    if "sphinxcontrib.bibtex" in asked:
        files = [name for name in conf.texts("bibtex_bibfiles") if _reads(parse_page_path, name)]
        if files:
            yield from entry_lines("bibliography", files, 2)
    links = _links(conf)
    yield from _mapping(
        "extlinks",
        {
            name: {"address": address} | ({"caption": caption} if caption else {})
            for name, (address, caption) in links.items()
        },
    )


def _links(conf: ForeignConf) -> dict[str, tuple[str, str | None]]:
    """The roles of ``sphinx.ext.extlinks``; an address without ``%s`` ends with what they say."""
    found = {}
    for name, value in conf.mapping("extlinks").items():
        match value:
            case (str() as address, str() | None as caption):
                address = address if "%s" in address else f"{address.replace('%', '%%')}%s"
                caption = f"{caption}%s" if caption and "%s" not in caption else caption
                sound = not caption or (is_filled_once(caption) and caption.isprintable())
                if sound and _reads(parse_link_address, address):
                    found[name] = (address, caption or None)
    return found


def _block(name: str, text: str | None) -> Iterator[str]:
    """A text of several lines as YAML keeps it as it is."""
    if text:
        yield f"  {name}: |{2 if text.startswith(' ') else ''}"
        yield from (f"    {line}" if line else "" for line in text.split("\n"))


def _inventories(conf: ForeignConf) -> dict[str, str]:
    found = {}
    for name, value in conf.mapping("intersphinx_mapping").items():
        address = value[0] if isinstance(value, list | tuple) and value else value
        if isinstance(address, str) and _reads(parse_slug, name) and _reads(parse_url, address):
            found[name] = address
    return found


def _lines(mapping: Mapping[str, Any]) -> dict[str, str]:
    texts = {key: str(each) for key, each in mapping.items() if isinstance(each, str | int)}
    return {key: text for key, text in texts.items() if text.strip() and not unseen(text)}


def _comments(heading: str, conf: ForeignConf) -> Iterator[str]:
    lines = list(_missed(conf))
    if lines:
        yield f"# {heading}"
        for line in lines:
            yield from _comment(line)


def _substitutions(conf: ForeignConf) -> dict[str, str]:
    """Those that are what a record may say; templates, raw HTML and directives are not."""
    texts = _lines(conf.mapping("myst_substitutions"))
    nowhere = Targets("lessons", None)
    return {
        key: text
        for key, text in texts.items()
        if not any(sign in text for sign in _TEMPLATES) and not objections_to(text, nowhere)
    }


def _left_out(conf: ForeignConf) -> Iterator[str]:
    """Comments that say what of ``conf.py`` has no part in the record, without harm to pages."""
    told = list(dict.fromkeys(_needless(conf)))
    if told:
        yield ""
        yield "# Left out of what conf.py says:"
        for line in told:
            yield from _comment(line)


def _missed(conf: ForeignConf) -> list[str]:
    return list(dict.fromkeys([*_missed_settings(conf), *filter(None, map(_of_note, conf.notes))]))


def _missed_settings(conf: ForeignConf) -> Iterator[str]:
    for name in conf.texts("extensions"):
        found = judge(name)
        if found.verdict is Verdict.REFUSED:
            yield f"the extension {quote(name)}: {found.reason}"
    for name in _AROUND:
        value = conf.values.get(name)
        if isinstance(value, str) and value.strip() and conf.lines_of(name) is None:
            yield f"{quote(name)}: it has control characters"
    for name, number in conf.mapping("myst_substitutions").items():
        if name not in _lines({name: number}):
            yield f"the substitution {quote(name)}: it is not a single line of text"
        elif name not in _substitutions(conf):
            yield f"the substitution {quote(name)}: it contains markup not allowed in records"
    for name in conf.mapping("intersphinx_mapping"):
        if name not in _inventories(conf):
            yield f"the inventory {quote(name)}: its name is no id, or its address no web address"
    for name in conf.mapping("extlinks"):
        if name not in _links(conf):
            yield f"the role {quote(name)} of `extlinks`: its address is not a web address"
    unknown = [x for x in conf.texts("myst_enable_extensions") if x not in MYST_EXTENSIONS]
    if unknown:
        yield f"{', '.join(map(quote, unknown))}: MyST-Parser has no such syntax"


def _needless(conf: ForeignConf) -> Iterator[str]:
    for name in conf.texts("extensions"):
        found = judge(name)
        if found.verdict is Verdict.LEFT_OUT:
            yield f"the extension {quote(name)}: {found.reason}"
    names = [name for name in conf.lines if not name.startswith("_") and name.islower()]
    looks = [name for name in names if name.startswith(_LOOKS)]
    if looks:
        yield f"{', '.join(map(quote, looks))}: the portal's theme has its own"
    for name in names:
        if name in _EXECUTION and conf.values.get(name) not in {"off", None}:
            yield f"{quote(name)}: notebooks from elsewhere are shown as saved, and never executed"
    start = conf.text("root_doc") or conf.text("master_doc")
    if start and start != "index":
        yield f"the landing page {quote(start)}: here it is `index`, or the record's own"
    known = {*_TAKEN, *_NEEDLESS, *_EXECUTION, *_ABBREVIATIONS, *looks, "root_doc", "master_doc"}
    others = [name for name in names if name not in known and name in conf.values]
    if others:
        yield f"{', '.join(map(quote, others))}: a lesson has no such setting here"


def _of_note(note: Note) -> str | None:
    if note.name is not None and note.name not in {*_TAKEN, *_ABBREVIATIONS}:
        return None
    return f"line {note.line}: {note.text}"


def _comment(text: str) -> Iterator[str]:
    """A point of a list as comment lines."""
    line = "# -"
    for word in "".join(char if char.isprintable() else " " for char in text).split(" "):
        if len(line) + len(word) > _WIDTH and len(line) > 3:
            yield line
            line = "#  "
        line += f" {word}"
    yield line


def _mapping(name: str, items: dict[str, Any]) -> Iterator[str]:
    """A key of ``build``, where it holds anything."""
    if items:
        yield from entry_lines(name, items, 2)


def _texts(name: str, items: Mapping[str, str]) -> Iterator[str]:
    """A key of ``build`` that holds texts, which no reader is to take for numbers."""
    if items:
        yield f"  {name}:"
    for key, value in items.items():
        yield f"    {scalar(key)}: {quoted(value)}"


def _reads(read: Any, text: str) -> bool:
    try:
        read(text)
    except ValueFault:
        return False
    return True
