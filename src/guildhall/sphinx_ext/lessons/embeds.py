"""Videos of other sites, which are asked for nothing before a reader wants to see them.

The directives are those of sphinxcontrib-youtube and sphinxcontrib-video. Their result is a link; a
script puts the player in its place on a click. Players that pages embed as raw HTML become the
same.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from guildhall.core.words import word
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.nodes import add_element, add_html_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_IFRAME = re.compile(
    r"<iframe\b[^>]*?\bsrc=[\"'](?P<src>[^\"']+)[\"'][^>]*>\s*(?:</iframe>)?", re.I
)
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?P<id>[\w-]{6,})(?P<query>\?[^\"']*)?"
)
_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(?P<id>[0-9]+)(?P<query>\?[^\"']*)?")
_NAME = re.compile(r"[\w-]+")
_PARAMETERS = re.compile(r"\??[\w=&.,%-]*")
_LENGTH = re.compile(r"(?P<number>[0-9]{1,4})(?P<unit>px|%)?")
_ASPECT = re.compile(r"(?P<across>[0-9]{1,4})[:/](?P<down>[0-9]{1,4})")
_CLOCK_FIRST = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s+"
    r"(?P<date>(?:\d{1,2}\s+[^\W\d]+|[^\W\d]+\s+\d{1,2},?)\s+\d{4})(?P<zone>.*)"
)


class video_embed(nodes.General, nodes.Element):  # noqa: N801
    """A player at ``node["player"]``, of what is at ``node["address"]``; its child links there."""


def _embed(site: str, name: str, query: str, language: str, words: str | None) -> video_embed:
    query = query.lstrip("?")
    if site == "youtube":
        player = f"https://www.youtube-nocookie.com/embed/{name}"
        is_playlist = name == "videoseries" and query
        page = f"playlist?{query}" if is_playlist else f"watch?v={name}"
        address = f"https://www.youtube.com/{page}"
        shown = words or word(language, "Video on YouTube")
    else:
        player = f"https://player.vimeo.com/video/{name}"
        address = f"https://vimeo.com/{name}"
        shown = words or word(language, "Video on Vimeo")
    embed = video_embed(
        player=f"{player}?{query}" if query else player,
        address=address,
        label=word(language, "Play the video here (loads from {site})").format(
            site="YouTube" if site == "youtube" else "Vimeo"
        ),
        title=shown,
    )
    link = nodes.reference("", shown, refuri=address, internal=False)
    embed += nodes.paragraph("", "", link)
    return embed


class _SiteVideo(SphinxDirective):
    """A video of another site.

    Options:
        width: the player's width.
        height: the player's height.
        aspect: its proportions, such as ``16:9``.
        align: left, center or right.
        url_parameters: appended to the player's address, such as ``?start=43``.
        privacy_mode: accepted; no cookie is set in any case.
        title: the words of the link.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("width", "height", "aspect", "align", "url_parameters", "privacy_mode", "title"),
        directives.unchanged,
    )
    site: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Build the embed."""
        name = self.arguments[0].strip()
        query = self.options.get("url_parameters", "")
        if not _NAME.fullmatch(name) or not _PARAMETERS.fullmatch(query):
            raise self.error(f"`{self.name}`: found {name!r}, expected the id of a video")
        language = page_language(self.env, self.env.docname)
        embed = _embed(self.site, name, query, language, self.options.get("title"))
        for key, value in _sizes(self.options).items():
            embed[key] = value
        self.set_source_info(embed)
        if self.content:
            embed += self.parse_content_to_nodes()
        return [embed]


def _sizes(options: dict[str, str]) -> dict[str, Any]:
    """The player's width and proportions, as CSS has them; what isn't a size is left out."""
    found: dict[str, Any] = {}
    width = _LENGTH.fullmatch(options.get("width", "").strip())
    height = _LENGTH.fullmatch(options.get("height", "").strip())
    aspect = _ASPECT.fullmatch(options.get("aspect", "").strip())
    if width:
        found["width"] = f"{width['number']}{width['unit'] or 'px'}"
    if aspect:
        found["aspect"] = f"{aspect['across']} / {aspect['down']}"
    elif width and height and "%" not in (width["unit"], height["unit"]):
        found["aspect"] = f"{width['number']} / {height['number']}"
    if options.get("align") in {"left", "center", "right"}:
        found["classes"] = [f"align-{options['align']}"]
    return found


class YouTube(_SiteVideo):
    """A video on YouTube, with the options of sphinxcontrib-youtube."""

    site = "youtube"


class Vimeo(_SiteVideo):
    """A video on Vimeo, with the options of sphinxcontrib-youtube."""

    site = "vimeo"


class video_file(nodes.General, nodes.Element):  # noqa: N801
    """A player of the browser for its child, a download."""


class Video(SphinxDirective):
    """A video file of the lesson.

    Options:
        alt: what is seen, in words.
        width: in pixels or per cent.
        height: in pixels.
        poster: a picture shown before; not loaded from other sites.
        nocontrols: accepted; controls are always shown.
        autoplay: accepted; nothing plays by itself.
        loop: play again at the end.
        muted: without sound.
        preload: accepted; nothing is loaded before.
        class: classes.
        caption: a text below.
        align: left, center or right.
    """

    has_content = True
    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        (
            *("alt", "width", "height", "poster", "class", "caption", "align", "preload"),
            *("figwidth",),
        ),
        directives.unchanged,
    ) | dict.fromkeys(("nocontrols", "autoplay", "loop", "muted"), directives.flag)

    def run(self) -> list[nodes.Node]:
        """Build the player, or a link where the file is on another site."""
        from sphinx import addnodes

        language = page_language(self.env, self.env.docname)
        target = self.arguments[0]
        words = self.options.get("caption") or self.options.get("alt") or target.rsplit("/", 1)[-1]
        text = word(language, "Video: {name}").format(name=words)
        if "://" in target:
            link: nodes.Element = nodes.reference("", text, refuri=target, internal=False)
            return [nodes.paragraph("", "", link)]
        link = addnodes.download_reference(
            refdoc=self.env.docname, reftarget=target, reftype="download"
        )
        link += nodes.inline("", text)
        player = video_file(
            "",
            nodes.paragraph("", "", link),
            flags=[name for name in ("loop", "muted") if name in self.options],
            label=words,
        )
        width = _LENGTH.fullmatch(self.options.get("width", "").strip())
        if width:
            player["width"] = width["number"] + ("%" if width["unit"] == "%" else "")
        self.set_source_info(player)
        return [player]


class local_time(nodes.inline):  # noqa: N801
    """A moment; ``node["datetime"]`` is the same as ISO 8601, where the text has a zone."""


class LocalTime(SphinxRole):
    """A time, to which a script adds the reader's own; the role of sphinx-localtime.

    What stands in brackets, its format there, is left out.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Build the time."""
        text = self.text.partition("(")[0].strip()
        return [local_time("", text, datetime=_moment(text) or "")], []


def _moment(text: str) -> str | None:
    """A time as ISO 8601; None for one without a zone, which names no moment."""
    clock_first = _CLOCK_FIRST.fullmatch(text)
    if clock_first:
        text = f"{clock_first['date']} {clock_first['clock']}{clock_first['zone']}"
    text = re.sub(r"(?<=[+-]\d{2}):(?=\d{2}$)", "", text) if "T" not in text[:11] else text
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        return moment.isoformat() if moment.tzinfo else None
    return None


class TameFrames(SphinxPostTransform):
    """Turns players that pages embed as raw HTML into embeds."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        tame_frames(self.document, page_language(self.env, self.env.docname))


def tame_frames(document: nodes.document, language: str) -> None:
    """Put embeds in the place of players that stand in raw HTML.

    Args:
        document: the page; it is changed.
        language: the language of the words that are put in.
    """
    # In a sentence the end of a frame is a node of its own; that of a frame that stays must
    # stay too, or all text after it would belong to the frame.
    begun: nodes.Node | None = None
    for node in list(document.findall(nodes.raw)):
        if "html" not in node.get("format", "").split():
            continue
        embeds = list(_frames(node.astext(), language))
        rest = _IFRAME.sub(lambda found: "" if _video(found["src"]) else found[0], node.astext())
        if not embeds:
            if begun is not None and begun is node.parent and rest.strip() == "</iframe>":
                node.replace_self([])
            begun = None
            continue
        if isinstance(node.parent, nodes.TextElement):
            # A player is no part of a sentence; its link is.
            links = [link for embed in embeds for link in embed.findall(nodes.reference)]
            begun = node.parent
            node.replace_self(links)
        else:
            node.replace_self([nodes.raw("", rest, format="html"), *embeds])


def _video(src: str) -> tuple[str, str, str] | None:
    src = unescape(src).strip()
    for site, pattern in (("youtube", _YOUTUBE), ("vimeo", _VIMEO)):
        found = pattern.match(src)
        if found:
            query = found["query"] or ""
            return site, found["id"], query if _PARAMETERS.fullmatch(query) else ""
    return None


def _frames(html: str, language: str) -> list[video_embed]:
    videos = (_video(found["src"]) for found in _IFRAME.finditer(html))
    return [_embed(*video, language, None) for video in videos if video]


def _of_embed(node: video_embed) -> dict[str, Any]:
    return {
        "data-gh-player": node["player"],
        "data-gh-label": node["label"],
        "data-gh-title": node["title"],
        **{f"data-gh-{key}": node[key] for key in ("width", "aspect") if key in node},
    }


def _depart_file(translator: Any, node: video_file) -> None:
    translator.body.append("</div>\n")


def _visit_file(translator: Any, node: video_file) -> None:
    import posixpath

    from sphinx import addnodes

    link = next(iter(node.findall(addnodes.download_reference)), None)
    translator.body.append(translator.starttag(node, "div", CLASS="gh-video-file"))
    if link is not None and "filename" in link:
        source = posixpath.join(translator.builder.dlpath, link["filename"])
        flags = "".join(f" {flag}" for flag in node["flags"])
        if "width" in node:
            flags += f' width="{node["width"]}"'
        label = translator.attval(node["label"])
        address = translator.attval(source)
        translator.body.append(
            f'<video controls preload="none" src="{address}" aria-label="{label}"{flags}></video>\n'
        )


DIRECTIVES: dict[str, type[SphinxDirective]] = {"youtube": YouTube, "vimeo": Vimeo, "video": Video}


def setup_embeds(app: Sphinx) -> None:
    """Register videos, and the role for times."""
    add_element(app, video_embed, "div", "gh-video", _of_embed)
    add_html_node(app, video_file, _visit_file, _depart_file)
    add_element(
        app,
        local_time,
        "time",
        "gh-localtime",
        lambda node: {"datetime": node["datetime"]} if node["datetime"] else {},
        inline=True,
    )
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive, override=True)
    app.add_role("localtime", LocalTime(), override=True)
    app.add_post_transform(TameFrames)
