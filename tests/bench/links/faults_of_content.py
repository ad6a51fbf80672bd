"""What is wrong with pages besides their links."""

from __future__ import annotations

from tests.bench.links.seeds import GOOD, Seed, Task, image

CONTENT = (
    Seed(
        "duplicate-id",
        "an id that two elements have",
        '<p id="twice-twice">One</p><p id="twice-twice">Two</p>',
        token="twice-twice",
    ),
    Seed(
        "no-alt",
        "an image without alternative text",
        f'<p><img src="{GOOD}"></p>',
        token="alt",
        task=Task.CONTENT,
    ),
    Seed(
        "blank-link",
        "a link without text",
        '<p><a href="../targets/page.html"></a></p>',
        token="page.html",
        task=Task.CONTENT,
    ),
    Seed(
        "mixed-image",
        "an image without encryption",
        image('src="http://insecure.example/gone.png"'),
        task=Task.CONTENT,
    ),
    Seed(
        "mixed-script",
        "a script without encryption",
        '<script src="http://insecure.example/gone.js"></script>',
        task=Task.CONTENT,
    ),
    Seed(
        "screenshot-name",
        "an image with the name of a screen shot",
        image('src="../_static/Screen Shot 2020-01-01 at 1.2.3.png"'),
        files={"_static/Screen Shot 2020-01-01 at 1.2.3.png": b"dot"},
        token="screen shot",
        task=Task.BEYOND,
        why_beyond="a matter of taste; that the address has spaces is found",
    ),
    Seed(
        "wrong-tag",
        "an element that doesn't exist",
        "<p><blnk>Words</blnk></p>",
        token="",
        task=Task.CONTENT,
    ),
    Seed(
        "wrong-nesting",
        "an end without a start",
        "<div><p>Words</b></p></div>",
        token="",
        task=Task.CONTENT,
    ),
    Seed(
        "bare-ampersand",
        "an unknown character reference",
        "<p>This &unknwn; that</p>",
        token="",
        task=Task.CONTENT,
    ),
    Seed(
        "no-doctype",
        "a page without doctype",
        body="<p>Words</p>",
        token="doctype",
        doctype=False,
        task=Task.CONTENT,
    ),
    Seed(
        "no-favicon",
        "a page without icon",
        body="<p>Words</p>",
        plain=True,
        token="favicon",
        task=Task.BEYOND,
        why_beyond="browsers ask for /favicon.ico, and show none without it",
    ),
    Seed(
        "no-integrity",
        "a script of another host without a checksum",
        '<script src="https://cdn.example/x.js"></script>',
        token="cdn.example",
        task=Task.BEYOND,
        why_beyond="a matter of policy: checksums break when files are updated",
    ),
)
