"""Silencing a finding: where a comment reaches, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import HEAD, Lint

Episode = Callable[..., list[str]]

WITH_REASON = "guildhall: silence image-alt reason: it only decorates"
ALT = "`a.svg` has no alternative text, expected words that say what it shows [image-alt]"


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {WITH_REASON} -->\n![](a.svg)\n",
        f"% {WITH_REASON}\n\n![](a.svg)\n",
        f"![](a.svg) <!-- {WITH_REASON} -->\n",
        f"<!--\n{WITH_REASON}\n-->\n- x\n- y\n\n  ![](a.svg)\n",
        f":::{{note}}\n% {WITH_REASON}\n\n![](a.svg)\n:::\n",
        f"% {WITH_REASON}\n\n:::{{note}}\nText\n\n![](a.svg)\n:::\n",
        f"![](a.svg)\n\n<!-- {WITH_REASON.replace('silence', 'silence-file')} -->\n",
    ],
)
def test_a_comment_silences_its_line_the_next_block_or_the_file(episode: Episode, text: str):
    assert episode(text) == []


def test_a_comment_reaches_no_further_than_the_next_block(episode: Episode):
    assert episode(f"% {WITH_REASON}\n\n![](a.svg)\n\n![](a.svg)\n") == [f"5:1: {ALT}"]


def test_several_rules_are_silenced_at_once(episode: Episode):
    text = "<!-- guildhall: silence image-alt, bare-url reason: as in the book -->\n"
    assert episode(text + "![](a.svg) https://example.net\n") == []


def test_a_silence_in_restructuredtext_reaches_over_the_next_directive(lint: Lint):
    page = (
        "One\n===\n\n.. guildhall: silence-file minutes-missing, objectives-missing,\n"
        "   questions-missing, keypoints-missing reason: only a sketch\n\n"
        f".. {WITH_REASON}\n\n.. note::\n\n   .. image:: a.svg\n\n.. image:: b.svg\n"
    )
    assert lint({"one.rst": page}) == [
        "one.rst:13:1: `b.svg` has no alternative text, expected the option `alt` [image-alt]"
    ]


def test_a_silence_without_a_reason_works_and_is_told(episode: Episode):
    assert episode("<!-- guildhall: silence image-alt -->\n![](a.svg)\n") == [
        "1:1: the silence has no reason, expected `reason:` and why at its end [silence-reason]"
    ]


def test_a_silence_that_silences_nothing_is_told(episode: Episode):
    assert episode(f"% {WITH_REASON}\n\nText\n") == [
        "1:1: nothing here breaks the rule `image-alt`; remove the silence [silence-unused]"
    ]


def test_a_misspelt_rule_is_told_with_the_nearest(episode: Episode):
    assert episode("% guildhall: silence image-alte reason: x\n\nText\n") == [
        "1:1: unknown rule `image-alte`; did you mean `image-alt`? [silence-unknown]"
    ]


def test_other_comments_are_left_alone(episode: Episode):
    assert episode("<!-- guildhall is a program -->\n% silence image-alt\n\nText\n") == []


def test_a_rule_that_the_portal_silences_finds_nothing(lint: Lint):
    page = {"one.md": HEAD + "# One\n\n![](a.svg)\n"}
    assert lint(page)
    silence = "checks:\n  silence:\n    - {rules: [image-alt], reason: they only decorate}\n"
    assert lint(page, settings=silence) == []
