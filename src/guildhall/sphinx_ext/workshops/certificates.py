"""Certificates of contribution: a printable page a person, to be dated and signed.

They are made when a site is written, from records alone, and are no documents: a search finds the
person, not what is certified. What isn't over on the day of the build is not certified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.utils import new_document

from guildhall.core.values.dates import Period
from guildhall.core.words import word
from guildhall.model.records.kinds.person import Person
from guildhall.model.shown import Shown
from guildhall.network.people.appearances import Appearance
from guildhall.network.people.contributions import Contribution, Writing
from guildhall.network.people.lookups import ContributionOf, contributions_of_portal
from guildhall.sphinx_ext.pages.generated import BUILDERS, Memory, Renderer, view_link
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.assets import NEEDED
from guildhall.sphinx_ext.rendering.dates import short_period
from guildhall.sphinx_ext.rendering.nodes import add_html_node
from guildhall.sphinx_ext.workshops.appearances import appearances_table
from guildhall.sphinx_ext.workshops.roles import roles_in_words, writing_roles_in_words
from guildhall.sphinx_ext.workshops.view import Pairs

if TYPE_CHECKING:
    from datetime import date

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from guildhall.model.base.model import Record

TEMPLATE = "guildhall/certificate.html"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified on one page.

    Args:
        person: the person.
        appearances: the person's parts in workshops that are over, the newest first.
        writings: the person's parts in lessons.
    """

    person: Person
    appearances: tuple[Appearance, ...]
    writings: tuple[Writing, ...]

    @property
    def page(self) -> str:
        """The name of the page, below the person's own."""
        return f"{self.person.docname.removesuffix('/index')}/certificate"

    @property
    def period(self) -> Period | None:
        """From the first day to the last of all workshops."""
        if not self.appearances:
            return None
        workshops = [each.workshop for each in self.appearances]
        return Period(min(each.start for each in workshops), max(each.end for each in workshops))


def certificate_of(person: Person, did: Contribution, today: date) -> Certificate | None:
    """The certificate of a person; None where there is nothing to certify.

    Args:
        person: the person.
        did: what the person did.
        today: the day of the build.
    """
    past = did.past(today)
    return Certificate(person, past, did.writings) if past or did.writings else None


class certificate_box(nodes.General, nodes.Element):  # noqa: N801
    """The way to a certificate, only where the builder makes them."""


def certificate_link(shown: Shown, person: Person) -> list[nodes.Node]:
    """A link to the certificate of a person; none where there is nothing to certify."""
    did = shown.ask(ContributionOf(person.key))
    found = certificate_of(person, did, shown.settings.today)
    if found is None:
        return []
    text = word(shown.settings.language, "Certificate of contribution")
    link = view_link("", text, pagename=found.page, current=False)
    return [certificate_box("", display.paragraph(link), classes=["gh-person-certificates"])]


class CertificateMaker:
    """Makes the certificates of one build.

    Args:
        builder: an HTML builder.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._env = builder.env
        self._portal = domain_of(builder.env).portal
        self._settings = self._portal.settings
        self._language = self._settings.language
        self._memory = Memory(builder, "certificates")

    def pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Name, context and template of every page that has to be written."""
        today = self._settings.today
        for person in self._portal.registry.of(Person):
            did = contributions_of_portal(self._portal).of(person.key)
            found = certificate_of(person, did, today)
            if found is None or person.docname not in self._env.all_docs:
                continue
            if self._memory.must_write(found.page, self._digest(person, did)):
                yield found.page, self._context(found), TEMPLATE
        self._memory.keep()

    def _digest(self, person: Person, did: Contribution) -> str:
        settings = self._settings
        places = [each.workshop.docname for each in did.appearances]
        places += [each.lesson.docname for each in did.writings]
        sections = [
            self._env.titles[each].astext()
            for each in self._env.toctree_includes.get(self._env.config.root_doc, ())
            if each in self._env.titles
        ]
        shown = (
            (person.label, person.orcid, person.docname, did.digest(settings.today), places),
            (settings.title, settings.author, self._env.config.html_baseurl, sections),
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    def _context(self, certificate: Certificate) -> dict[str, Any]:
        title = word(self._language, "Certificate of contribution")
        name = certificate.person.label
        renderer = Renderer(self._builder, certificate.page)
        settings = self._env.get_doctree(certificate.person.docname).settings
        tools, statement = (new_document(certificate.page, settings) for _ in range(2))
        tools += self._tools(certificate)
        statement += self._statement(certificate, statement)
        for document in (tools, statement):
            self._env.apply_post_transforms(document, certificate.page)
        return {
            "title": f"{escape(title)} – {escape(name)}",
            "heading": title,
            "certificate": certificate,
            "tools": renderer.render([tools]),
            "statement": renderer.render([statement]),
            "metatags": '<meta name="robots" content="noindex">',
            NEEDED: renderer.needed,
            "display_toc": False,
            "parents": [],
        }

    def _tools(self, certificate: Certificate) -> nodes.Node:
        """The way back, and how to print; none of it is printed."""
        person = certificate.person
        back = self._link(certificate, person)
        box = nodes.container(classes=["gh-certificate-tools"])
        hint = word(self._language, "Print this page from your browser, or save it as a PDF.")
        box += display.paragraph(back, nodes.Text(f" · {hint}"))
        return box

    def _statement(self, certificate: Certificate, document: nodes.document) -> list[nodes.Node]:
        language, person, settings = self._language, certificate.person, self._settings
        box = nodes.container(classes=["gh-certificate"])
        certifies = word(language, "{portal} certifies the contribution of")
        box += display.paragraph(nodes.Text(certifies.format(portal=settings.title)))
        name = nodes.strong("", person.label)
        box += display.paragraph(name, classes=["gh-certificate-name"])
        box += display.facts(self._facts(certificate))
        box += self._workshops(certificate, document)
        box += self._lessons(certificate)
        box += display.facts(self._issue(certificate))
        lines = (word(language, "Date"), word(language, "Name and signature"))
        signed = (display.paragraph(nodes.Text(each)) for each in lines)
        box += nodes.container("", *signed, classes=["gh-certificate-signed"])
        return [box]

    def _facts(self, certificate: Certificate) -> Pairs:
        language, person = self._language, certificate.person
        pairs: Pairs = []
        if person.orcid:
            address = f"https://orcid.org/{person.orcid}"
            link = nodes.reference("", address, refuri=address, internal=False)
            pairs.append(("ORCID", [link]))
        if certificate.period:
            text = short_period(certificate.period, language)
            pairs.append((word(language, "Period"), [nodes.Text(text)]))
        roles = {role for each in certificate.appearances for role in each.roles}
        if roles:
            text = roles_in_words(roles, self._settings)
            pairs.append((word(language, "Roles"), [nodes.Text(text)]))
        return pairs

    def _workshops(self, certificate: Certificate, document: nodes.document) -> list[nodes.Node]:
        found = certificate.appearances
        if not found:
            return []
        link = partial(self._link, certificate)
        builder = appearances_table(found, self._settings, link, "gh-certificate")
        return builder.build(document)

    def _lessons(self, certificate: Certificate) -> list[nodes.Node]:
        if not certificate.writings:
            return []
        section = nodes.section(ids=["gh-certificate-lessons"])
        section += nodes.title("", word(self._language, "Lessons"))
        listed = nodes.bullet_list(bullet="-")
        for each in certificate.writings:
            roles = writing_roles_in_words(each.roles, self._language)
            link = self._link(certificate, each.lesson)
            listed += nodes.list_item("", display.paragraph(link, nodes.Text(f" ({roles})")))
        section += listed
        return [section]

    def _issue(self, certificate: Certificate) -> Pairs:
        """Who says so, and where it can be verified."""
        language, settings = self._language, self._settings
        issuers = dict.fromkeys(filter(None, (settings.title, settings.author)))
        pairs: Pairs = [(word(language, "Issued by"), [nodes.Text(", ".join(issuers))])]
        base = str(self._env.config.html_baseurl or "")
        if base:
            address = f"{base}{self._builder.get_target_uri(certificate.page)}"
            link = nodes.reference("", address, refuri=address, internal=False)
            pairs.append((word(language, "Verify at"), [link]))
        return pairs

    def _link(self, certificate: Certificate, record: Record) -> nodes.Node:
        address = self._builder.get_relative_uri(certificate.page, record.docname)
        return nodes.reference("", record.label, refuri=address, internal=True)


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name in BUILDERS:
        yield from CertificateMaker(cast("StandaloneHTMLBuilder", app.builder)).pages()


def _visit_box(translator: Any, node: certificate_box) -> None:
    if translator.builder.name not in BUILDERS:
        raise nodes.SkipNode
    translator.body.append(translator.starttag(node, "div"))


def _depart_box(translator: Any, node: certificate_box) -> None:
    translator.body.append("</div>\n")


def setup_certificates(app: Sphinx) -> None:
    """Register the pages, and the ways to them."""
    add_html_node(app, certificate_box, _visit_box, _depart_box, only=True)
    app.connect("html-collect-pages", _collect)
