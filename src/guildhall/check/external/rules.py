"""What the check of external links finds, why it matters, and what to do then."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_HTTP = "RFC 9110"

RULES = rules_by_id(
    (
        Rule(
            "external.dead",
            _E,
            "Links to pages that are gone",
            "Readers who follow the link find an error page.",
            "Write the new address or take the link away; mark one that is kept as history with "
            "`historic: true`.",
            _HTTP,
        ),
        Rule(
            "external.dns",
            _E,
            "Links to hosts that don't exist",
            "No browser finds the host, and whoever registers the name next decides what readers "
            "see.",
            "Look for a slip in the name; else write the new address or take the link away.",
        ),
        Rule(
            "external.refused",
            _E,
            "Links to hosts that take no connection",
            "Browsers say that the site can't be reached.",
            "See whether the port is right and the site still there; else take the link away.",
        ),
        Rule(
            "external.tls",
            _E,
            "Links to hosts whose certificate isn't valid",
            "Browsers warn of an attack in the place of the page.",
            "Tell those who run the host, or link to another one; an entry under `allow` with the "
            "answer `tls` says that it is known.",
            "RFC 5280, RFC 9525",
        ),
        Rule(
            "external.loop",
            _E,
            "Links whose redirects don't end",
            "Browsers give up and show an error.",
            "Open the address, and write the one that it should lead to.",
            _HTTP,
        ),
        Rule(
            "external.malformed",
            _E,
            "Addresses that are malformed",
            "Nothing opens when readers follow the link.",
            "Write the address in the form that the message names.",
            "WHATWG URL, RFC 6068, ISO 26324",
        ),
        Rule(
            "external.local",
            _W,
            "Links to the reader's own machine",
            "`localhost` and private networks are others for each reader.",
            "Write the address as code instead of a link; where all readers share the network, set "
            "`private: true`.",
            "RFC 6890",
        ),
        Rule(
            "external.anchor",
            _W,
            "Links to places that a page doesn't have",
            "Readers land at the top of the page and have to search.",
            "Open the page, and write the anchor that its heading has now.",
            "HTML",
        ),
        Rule(
            "external.anchor-unseen",
            _I,
            "Links to places that nobody could look for",
            "The page is made by scripts in the browser, or wasn't whole, so the place may be "
            "there or not.",
            "Open the link once; an entry under `allow` with the answer `anchor` says that it is "
            "right.",
        ),
        Rule(
            "external.redirected",
            _W,
            "Links to addresses that have moved for good",
            "The old address works only as long as somebody keeps it up.",
            "Write the new address; `--fix` does.",
            _HTTP,
        ),
        Rule(
            "external.front-page",
            _W,
            "Links that have been redirected to a front page",
            "The page that the link speaks of is likely gone.",
            "Look for the page on the site, and write its new address.",
        ),
        Rule(
            "external.insecure",
            _I,
            "Links without encryption to hosts that offer it",
            "Others in the network can read and change what readers get.",
            "Write `https` in the place of `http`.",
            "RFC 9110, 4.2.2",
        ),
        Rule(
            "external.downgraded",
            _W,
            "Secure links that lead to a page without encryption",
            "Readers trust the link, and get what others in the network can change.",
            "Link to a page that stays with `https`, or tell those who run the host.",
        ),
        Rule(
            "external.failing",
            _W,
            "Links to hosts that failed",
            "The host had an error or didn't answer in time; it may be back tomorrow.",
            "Open the link; if it lasts, look for another source. An entry under `allow` says that "
            "it is known.",
            _HTTP,
        ),
        Rule(
            "external.unsure",
            _I,
            "Links that only readers can check",
            "The host lets browsers in and no programs, so nobody knows whether the page is there.",
            "Open the link once; an entry under `allow` with the answer says that it is right.",
            _HTTP,
        ),
        Rule(
            "external.historic",
            _I,
            "Historic links that still work",
            "They are shown as if they may be dead.",
            "Take `historic: true` away if the page is still what it was.",
        ),
        Rule(
            "external.not-asked",
            _I,
            "Links that were not asked this time",
            "Nobody knows what has become of them.",
            "Check again later.",
        ),
        Rule(
            "external.offline",
            _I,
            "Nothing external was checked",
            "Links to other sites may be dead without anybody knowing.",
            "Check again with the network.",
        ),
        Rule(
            "external.network",
            _W,
            "No network",
            "Not one host could be reached, so nothing is known of any link.",
            "See whether this machine may reach the internet, or say that it is offline.",
        ),
        Rule(
            "external.entry-ended",
            _W,
            "Entries of `ignore` and `allow` that have ended",
            "Their reason was to be looked at again after that day.",
            "Take the entry away, or write a new day with the reason.",
        ),
        Rule(
            "external.entry-unused",
            _W,
            "Entries of `ignore` and `allow` that match no address",
            "They hide what nobody expects when such an address comes back.",
            "Take the entry away.",
        ),
    )
)

DEAD_RULES = ("external.dead", "external.dns", "external.loop", "external.refused", "external.tls")
"""The rules that find dead links, as the report of what has lapsed takes them over."""
