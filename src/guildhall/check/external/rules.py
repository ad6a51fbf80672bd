"""What the check of external links finds, why it matters, and what to do about it."""

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
            "Links to pages that no longer exist",
            "Readers who follow the link find an error page.",
            "Update the address or remove the link; mark a link kept as history with "
            "`historic: true`.",
            _HTTP,
        ),
        Rule(
            "external.dns",
            _E,
            "Links to hosts that don't exist",
            "Browsers can't find the host, and whoever registers the name next decides what "
            "readers see.",
            "Check the spelling of the name; otherwise update the address or remove the link.",
        ),
        Rule(
            "external.refused",
            _E,
            "Links to hosts that refuse connections",
            "Browsers report that the site can't be reached.",
            "Check the port and whether the site still exists; otherwise remove the link.",
        ),
        Rule(
            "external.tls",
            _E,
            "Links to hosts with an invalid certificate",
            "Browsers show a security warning instead of the page.",
            "Tell the site's operators, or link to another site; to accept it, add an entry under "
            "`allow` with the answer `tls`.",
            "RFC 5280, RFC 9525",
        ),
        Rule(
            "external.loop",
            _E,
            "Links with endless redirects",
            "Browsers give up and show an error.",
            "Find the address that it should lead to, and link to that.",
            _HTTP,
        ),
        Rule(
            "external.malformed",
            _E,
            "Malformed addresses",
            "The link does nothing when readers follow it.",
            "Write the address in the form given in the message.",
            "WHATWG URL, RFC 6068, ISO 26324",
        ),
        Rule(
            "external.local",
            _W,
            "Links to the reader's own machine",
            "`localhost` and private networks mean something different for each reader.",
            "Write the address as code instead of a link; if all readers share the network, set "
            "`private: true`.",
            "RFC 6890",
        ),
        Rule(
            "external.anchor",
            _W,
            "Links to missing anchors",
            "Readers land at the top of the page and have to search for the right place.",
            "Open the page, and use the heading's current anchor.",
            "HTML",
        ),
        Rule(
            "external.anchor-unseen",
            _I,
            "Links to anchors that could not be checked",
            "The page is built by scripts in the browser, or was incomplete, so the anchor may or "
            "may not exist.",
            "Open the link once; if it works, add an entry under `allow` with the answer `anchor`.",
        ),
        Rule(
            "external.redirected",
            _W,
            "Links to addresses that have moved permanently",
            "The old address works only as long as someone maintains the redirect.",
            "Update the address; `--fix` does this.",
            _HTTP,
        ),
        Rule(
            "external.front-page",
            _W,
            "Links redirected to a front page",
            "The linked page is probably gone.",
            "Find the page on the site, and update the address.",
        ),
        Rule(
            "external.insecure",
            _I,
            "Unencrypted links to hosts that support encryption",
            "Others on the network can read and change what readers receive.",
            "Replace `http` with `https`.",
            "RFC 9110, 4.2.2",
        ),
        Rule(
            "external.downgraded",
            _W,
            "Secure links that lead to an unencrypted page",
            "Readers trust the link, but others on the network can change what they receive.",
            "Link to a page that uses `https` throughout, or tell the site's operators.",
        ),
        Rule(
            "external.failing",
            _W,
            "Links to hosts that failed",
            "The host returned an error or didn't respond in time; it may be back tomorrow.",
            "Open the link; if the problem lasts, find another source. To accept it, add an entry "
            "under `allow`.",
            _HTTP,
        ),
        Rule(
            "external.unsure",
            _I,
            "Links that need checking by hand",
            "The host blocks automated requests, so it is not known whether the page exists.",
            "Open the link once; if it works, add an entry under `allow` with the answer.",
            _HTTP,
        ),
        Rule(
            "external.historic",
            _I,
            "Historic links that still work",
            "They are shown as if they might be dead.",
            "Remove `historic: true` if the page is still the same.",
        ),
        Rule(
            "external.not-asked",
            _I,
            "Links that were not checked this time",
            "Their current state is unknown.",
            "Check again later.",
        ),
        Rule(
            "external.offline",
            _I,
            "No external links were checked",
            "Links to other sites may be dead without anyone knowing.",
            "Check again while online.",
        ),
        Rule(
            "external.network",
            _W,
            "No network",
            "No host could be reached, so the state of every link is unknown.",
            "Check the internet connection, or use `--offline`.",
        ),
        Rule(
            "external.entry-ended",
            _W,
            "Expired entries of `ignore` and `allow`",
            "They were due for review after that date.",
            "Remove the entry, or set a new end date and say why.",
        ),
        Rule(
            "external.entry-unused",
            _W,
            "Entries of `ignore` and `allow` that match no address",
            "They could hide a problem if such an address is used again.",
            "Remove the entry.",
        ),
    )
)

DEAD_RULES = ("external.dead", "external.dns", "external.loop", "external.refused", "external.tls")
"""The rules that find dead links, as the report of what has lapsed takes them over."""
