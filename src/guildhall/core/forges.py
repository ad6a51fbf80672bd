"""Addresses of the places where source is kept: to edit a file, to report a problem.

The forms are those that GitHub, GitLab, Forgejo (Codeberg) and Bitbucket document; a host that is
none of these is taken for a GitLab if its name says so, and else gets no such address.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

_SSH = re.compile(r"(?:ssh://)?[A-Za-z0-9_.-]+@(?P<host>[A-Za-z0-9.-]+)(?::|/)(?P<path>.+)")


def web_address(repository: str) -> str | None:
    """The web address of a repository, from any of the forms in which git takes it.

    Returns:
        the address, or None where there is none, as for a folder.
    """
    ssh = _SSH.fullmatch(repository)
    address = f"https://{ssh['host']}/{ssh['path']}" if ssh else repository
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix('.git')}"


def edit_address(repository: str, branch: str, path: str) -> str | None:
    """Where a file can be edited in the browser.

    Args:
        repository: the repository's address.
        branch: the branch.
        path: the file's path in it.
    """
    base, name = web_address(repository), quote(path)
    match forge_of(base):
        case "github":
            return f"{base}/edit/{quote(branch)}/{name}"
        case "gitlab":
            return f"{base}/-/edit/{quote(branch)}/{name}"
        case "forgejo":
            return f"{base}/_edit/{quote(branch)}/{name}"
        case "bitbucket":
            return f"{base}/src/{quote(branch)}/{name}?mode=edit"
    return None


def tree_address(repository: str, ref: str) -> str | None:
    """Where the files of a branch, tag or commit can be read in the browser.

    Args:
        repository: the repository's address.
        ref: the branch, tag or commit.
    """
    base, name = web_address(repository), quote(ref)
    match forge_of(base):
        case "github":
            return f"{base}/tree/{name}"
        case "gitlab":
            return f"{base}/-/tree/{name}"
        case "forgejo" | "bitbucket":
            # Forgejo finds out by itself which of the three it is.
            return f"{base}/src/{name}"
    return None


def issue_address(repository: str, title: str, body: str) -> str | None:
    """Where a problem can be reported, with a title and a text to begin with."""
    base = web_address(repository)
    match forge_of(base):
        case "github" | "forgejo":
            return f"{base}/issues/new?{urlencode({'title': title, 'body': body})}"
        case "gitlab":
            fields = {"issue[title]": title, "issue[description]": body}
            return f"{base}/-/issues/new?{urlencode(fields)}"
        case "bitbucket":
            return f"{base}/issues/new?{urlencode({'title': title})}"
    return None


def forge_of(base: str | None) -> str | None:
    """The software of the forge at a web address: `github`, `gitlab`, `forgejo`, `bitbucket`.

    Returns:
        None where it can't be told by the address.
    """
    host = urlsplit(base).hostname or "" if base else ""
    if host == "github.com":
        return "github"
    if host == "bitbucket.org":
        return "bitbucket"
    if "gitlab" in host:
        return "gitlab"
    return "forgejo" if host == "codeberg.org" or "forgejo" in host or "gitea" in host else None
