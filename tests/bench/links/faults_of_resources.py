"""Pictures, styles, scripts and downloads that aren't there."""

from __future__ import annotations

from tests.bench.links.seeds import GOOD, Seed, Task, image

RESOURCES = (
    Seed("image", "an image", image('src="../_static/gone.png"')),
    Seed(
        "image-case", "an image of other case", image('src="../_static/Dot.png"'), token="dot.png"
    ),
    Seed(
        "srcset",
        "an image for sharper screens",
        image(f'src="{GOOD}" srcset="{GOOD} 1x, ../_static/gone-2x.png 2x"'),
    ),
    Seed(
        "picture",
        "a picture's source",
        '<picture><source srcset="../_static/gone-picture.webp" type="image/webp">'
        f'<img alt="A drawing" src="{GOOD}"></picture>',
    ),
    Seed(
        "poster",
        "a film's poster",
        '<video controls poster="../_static/gone-poster.png" src="../_static/film.mp4">'
        '<track kind="captions" srclang="en" label="English" src="../_static/film.vtt"></video>',
    ),
    Seed("video", "a film", '<video controls src="../_static/gone.mp4"></video>'),
    Seed(
        "video-source",
        "a film's source",
        '<video controls><source src="../_static/gone-source.mp4" type="video/mp4"></video>',
    ),
    Seed(
        "track",
        "a film's subtitles",
        '<video controls src="../_static/film.mp4"><track kind="captions" srclang="en"'
        ' label="English" src="../_static/gone.vtt"></video>',
    ),
    Seed("audio", "a sound", '<audio controls src="../_static/gone.mp3"></audio>'),
    Seed("object", "an object", '<object data="../_static/gone-object.pdf">A text</object>'),
    Seed("embed", "an embedded file", '<embed src="../_static/gone-embed.pdf" title="A text">'),
    Seed(
        "input-image",
        "an image that sends a form",
        '<form action="missing-page.html">'
        '<input type="image" alt="Send it" src="../_static/gone-input.png"></form>',
    ),
    Seed("script", "a script", '<script src="../_static/gone.js"></script>'),
    Seed(
        "module",
        "a module loaded ahead",
        head='<link rel="modulepreload" href="../_static/gone-module.js">',
    ),
    Seed("stylesheet", "a style sheet", head='<link rel="stylesheet" href="../_static/gone.css">'),
    Seed("icon", "an icon", head='<link rel="apple-touch-icon" href="../_static/gone-icon.png">'),
    Seed("manifest", "a manifest", head='<link rel="manifest" href="../gone.webmanifest">'),
    Seed(
        "preload",
        "an image loaded ahead",
        head=f'<link rel="preload" as="image" href="{GOOD}"'
        f' imagesrcset="{GOOD} 1x, ../_static/gone-preload.png 2x">',
    ),
    Seed("next", "the next page", head='<link rel="next" href="gone-next.html">'),
    Seed(
        "alternate",
        "the page in another language",
        head='<link rel="alternate" hreflang="no" href="../no/gone-alternate.html">',
    ),
    Seed(
        "style-attribute",
        "a background in a style attribute",
        "<p style=\"background: url('../_static/gone-attribute.png')\">Words</p>",
    ),
    Seed(
        "style-element",
        "a background in a style element",
        head="<style>.x { background: url(../_static/gone-element.png) }</style>",
    ),
    Seed(
        "css-url",
        "a background in a style sheet",
        head='<link rel="stylesheet" href="../_static/faulty.css">',
        files={"_static/faulty.css": ".x { background: url(gone-background.png) }\n"},
        places=("_static/faulty.css", "faults/css-url.html"),
    ),
    Seed(
        "css-import",
        "an import in a style sheet",
        head='<link rel="stylesheet" href="../_static/importing.css">',
        files={"_static/importing.css": '@import "gone-import.css";\n'},
        places=("_static/importing.css", "faults/css-import.html"),
    ),
    Seed(
        "css-font",
        "a font in a style sheet",
        head='<link rel="stylesheet" href="../_static/font.css">',
        files={
            "_static/font.css": '@font-face { font-family: F; src: url("gone.woff2?#iefix") }\n'
        },
        places=("_static/font.css", "faults/css-font.html"),
    ),
    Seed(
        "css-map",
        "a style sheet's source map",
        head='<link rel="stylesheet" href="../_static/mapped.css">',
        files={"_static/mapped.css": ".x { color: #000 }\n/*# sourceMappingURL=gone.css.map */\n"},
        places=("_static/mapped.css", "faults/css-map.html"),
        task=Task.BEYOND,
        why_beyond="only developers with open tools ask for it",
    ),
    Seed(
        "svg-use",
        "a symbol from a file that isn't there",
        '<svg role="img" aria-label="A drawing"><use href="../_static/gone.svg#a"></use></svg>',
    ),
    Seed(
        "svg-symbol",
        "a symbol that the file doesn't have",
        '<svg role="img" aria-label="A drawing">'
        '<use href="../_static/symbols.svg#gone"></use></svg>',
        token="symbols.svg",
    ),
    Seed(
        "svg-image",
        "an image within an SVG file",
        image('src="../_static/faulty.svg"'),
        files={
            "_static/faulty.svg": '<svg xmlns="http://www.w3.org/2000/svg">'
            '<image href="gone-inner.png"/></svg>\n'
        },
        places=("_static/faulty.svg", "faults/svg-image.html"),
    ),
    Seed(
        "image-of-page",
        "a page where an image should be",
        image('src="../targets/page.html"'),
        token="page.html",
        places=("faults/image-of-page.html", "targets/index.html", "targets/page.html"),
        task=Task.CONTENT,
    ),
    Seed(
        "empty-file",
        "a download without a byte",
        '<p><a href="../_static/empty.pdf">The text</a></p>',
        files={"_static/empty.pdf": b""},
        places=("faults/empty-file.html", "_static/empty.pdf"),
        token="empty.pdf",
        task=Task.CONTENT,
    ),
    Seed(
        "empty-src", "an image without address", '<p><img alt="A drawing" src=""></p>', token="src"
    ),
    Seed(
        "no-src",
        "an image with neither src nor srcset",
        '<p><img alt="A drawing"></p>',
        token="src",
        task=Task.CONTENT,
    ),
    Seed(
        "empty-script",
        "a script with neither src nor text",
        "<script></script>",
        token="script",
        task=Task.CONTENT,
    ),
)
