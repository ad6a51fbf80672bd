"""E-mail addresses on pages, and which of them are meant to be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from guildhall.check.content.view import View
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings

_ADDRESS = re.compile(
    r"(?<![\w.@:/%+~#=&?-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}"
    r"(?![\w@:/-]|\.\w)",
    re.ASCII,
)
_COMMAND = re.compile(r"\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\b[^\n\x1e]{0,80}$")
# RFC 2606 and RFC 6761, and what lessons use in their place.
_EXAMPLE_ENDS = (".test", ".invalid", ".example", ".localhost", ".local", ".internal")
_EXAMPLE_HOST = re.compile(
    r"(?:[\w-]+\.)*(?:example\.[a-z.]{2,6}|your[a-z-]*\.[a-z.]{2,6}|noreply\.[a-z.]+"
    r"|(?:(?:my|some|the)-?)?(?:company|domain|host|hostname|institution|server|university)\.[a-z]{2,3}"
    r"|(?:my|some|the)-?(?:mail|email|org|organisation|organization|uni)\.[a-z]{2,3}"
    r"|(?:foo|bar|foobar)\.[a-z]{2,3})"
)
_FILE_ENDS = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "html", "htm", "md", "txt", "json"}
    | {"service", "timer", "mount", "zip", "pdf"}
)
# They are read by whoever is on duty, and are nobody's own (RFC 2142 and common use).
_ROLES = frozenset(
    {"abuse", "accessibility", "admin", "booking", "board", "communications", "conduct", "contact"}
    | {"courses", "editor", "editors", "events", "feedback", "hello", "help", "helpdesk", "hpc"}
    | {"info", "jobs", "legal", "list", "mail", "noreply", "no-reply", "news", "newsletter"}
    | {"office", "ombud", "organisers", "organizers", "outreach", "post", "postmaster", "press"}
    | {"privacy", "registration", "security", "servicedesk", "support", "team", "training"}
    | {"webmaster", "workshop", "workshops", "www", "git", "user", "username", "root", "name", "me"}
    | {
        "you",
        "your.name",
        "yourname",
        "your.email",
        "your-name",
        "your-email",
        "firstname.lastname",
    }
    | {"first.last", "someone", "somebody", "email", "address", "host", "login", "myname"}
)


def public_addresses(settings: Settings, registry: Registry, more: Iterable[str]) -> frozenset[str]:
    """The addresses that are meant to be on pages, in small letters; ``@host`` for all of a host.

    Args:
        settings: whether addresses of people are shown.
        registry: the portal's records; only people who may be named count.
        more: addresses that the settings say are meant to be public.
    """
    people = [each.email for each in registry.of(Person) if each.is_listed and each.email]
    shown = people if settings.show_email else ()
    return frozenset(address.lower() for address in (*shown, *more))


def addresses(view: View, public: frozenset[str]) -> Iterator[SiteFault]:
    """Addresses in the prose and in ``mailto:`` links that are not meant to be there, each once."""
    found: dict[str, str] = {}
    for href in view.addresses:
        if href[: len("mailto:")].lower() != "mailto:":
            continue
        written = href[len("mailto:") :]
        for address in unquote(written.partition("?")[0]).split(","):
            if match := _ADDRESS.fullmatch(address.strip()):
                found.setdefault(match[0].lower(), match[0])
    prose = view.prose
    if "@" in prose:
        for match in _ADDRESS.finditer(prose):
            if not _COMMAND.search(prose, max(0, match.start() - 100), match.start()):
                found.setdefault(match[0].lower(), match[0])
    for address, written in found.items():
        if not _is_meant(address, public):
            message = (
                f"found the e-mail address {quote(written)}, expected one from a record or the "
                "settings"
            )
            yield view.fault("privacy.email", message, written, target=written)


def _is_meant(address: str, public: frozenset[str]) -> bool:
    local, _, host = address.rpartition("@")
    if address in public or f"@{host}" in public or local in _ROLES:
        return True
    if host.endswith(_EXAMPLE_ENDS) or _EXAMPLE_HOST.fullmatch(host):
        return True
    return host.rpartition(".")[2] in _FILE_ENDS
