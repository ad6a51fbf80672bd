"""Secrets are found, said without saying them, and examples are passed over.

No secret stands in this file: each is made when the test runs.
"""

from __future__ import annotations

import base64
import json
import random
import string
import zlib
from datetime import date
from pathlib import Path

import pytest

from guildhall.check.content.check import content_rules, secrets_of_files
from guildhall.check.content.secrets import FORMS, secrets_in
from guildhall.check.site.page import parse_page
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings

TODAY = date(2026, 3, 1)
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CHANCE = random.Random(20260301)


def _any(signs: str, length: int) -> str:
    return "".join(_CHANCE.choice(signs) for _ in range(length))


def _with_checksum(prefix: str) -> str:
    body = _any(_BASE62, 30)
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return f"{prefix}{body}{digits.rjust(6, '0')}"


def _private_key(kind: str) -> str:
    lines = "\n".join(_any(_BASE62 + "+/", 64) for _ in range(6))
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{lines}\n-----END {kind}PRIVATE KEY-----\n"


def _web_token(claims: object) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(part.rstrip("=") for part in coded), _any(_BASE62, 43)])


REAL = {
    "a GitHub token": _with_checksum("ghp_"),
    "a fine-grained GitHub token": f"github_pat_{_any(_BASE62, 22)}_{_any(_BASE62, 59)}",
    "a GitLab token": f"glpat-{_any(_BASE62, 20)}",
    "a key of AWS": f"AKIA{_any(string.ascii_uppercase + '234567', 16)}",
    "a Slack token": f"xoxb-{_any(string.digits, 12)}-{_any(_BASE62, 36)}",
    "a Slack webhook": "https://hooks.slack.com/services/"
    f"T{_any(string.ascii_uppercase, 9)}/B{_any(string.ascii_uppercase, 9)}/{_any(_BASE62, 24)}",
    "a Google API key": f"AIza{_any(_BASE62, 35)}",
    "an npm token": _with_checksum("npm_"),
    "a PyPI token": f"pypi-AgEIcHlwaS5vcmc{_any(_BASE62, 120)}",
    "a Hugging Face token": f"hf_{_any(string.ascii_letters, 34)}",
    "a Docker Hub token": f"dckr_pat_{_any(_BASE62, 27)}",
    "a Stripe key": f"sk_live_{_any(_BASE62, 24)}",
    "a key of Anthropic": f"sk-ant-api03-{_any(_BASE62, 80)}",
    "a key of OpenAI": f"sk-{_any(_BASE62, 20)}T3BlbkFJ{_any(_BASE62, 20)}",
    "a private key": _private_key("OPENSSH "),
    "a private key in one line": _private_key("").replace("\n", "\\n"),
    "a JSON Web Token": _web_token({"sub": "1", "exp": 1893456000}),
}

EXAMPLES = {
    "AWS's own example": "AKIAIOSFODNN7EXAMPLE",
    "a placeholder": "GITHUB_TOKEN=<your-token>",
    "a wrong checksum": "ghp_" + "1234567890abcdefghijklmnopqrstuvwxyz",
    "a row of x": "ghp_" + "x" * 36,
    "a GitLab example": "glpat-xxxxxxxxxxxxxxxxxxxx",
    "a Google example": "AIza" + "A" * 35,
    "a Slack example": "xoxb-123456789012-1234567890123-example-of-a-token",
    "a key that is left out": "-----BEGIN OPENSSH PRIVATE KEY-----\n...\n"
    "-----END OPENSSH PRIVATE KEY-----",
    "the first line of a key": "A file that begins with -----BEGIN RSA PRIVATE KEY----- is secret.",
    "a web token that has ended": _web_token({"exp": 1500000000}),
    "a web token that never says when": _web_token({"sub": "1234567890", "name": "John Doe"}),
    "a word within a word": f"my_{'ghp_'}of_something",
    "a meeting without a password": "https://uni.zoom.us/j/123456789",
    "a meeting with a placeholder": "https://uni.zoom.us/j/123456789?pwd=xxxxxxxx",
}


@pytest.mark.parametrize("name", REAL)
def test_secrets_are_found_and_never_said(name: str):
    secret = REAL[name]
    (fault,) = secrets_in("page.html", f"<p>The key is {secret} now</p>", TODAY)
    assert fault.rule == "privacy.secret"
    hidden = secret.splitlines()[-2] if "\n" in secret else secret.rpartition("/")[2][12:]
    assert hidden
    assert hidden not in f"{fault.message} {fault.needle} {fault.target}"
    assert fault.needle
    assert fault.needle in secret


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_passed_over(name: str):
    assert list(secrets_in("page.html", f"<p>{EXAMPLES[name]}</p>", TODAY)) == []


def test_every_form_has_a_case():
    for form in FORMS:
        assert any(form.pattern.search(secret) for secret in REAL.values()), form.what


def test_passwords_of_meetings_in_links():
    text = '<a href="https://uni-se.zoom.us/j/6512?uname=x&amp;pwd=dGhpc2lzYXB3">Join</a>'
    (fault,) = secrets_in("page.html", text, TODAY)
    assert fault.rule == "privacy.meeting-password"
    assert "dGhp" not in fault.message + fault.needle
    assert fault.needle == "https://uni-se.zoom.us/j/6512?uname=x&pwd="


def test_a_secret_is_told_once_a_page_also_where_colours_of_code_part_it():
    secret = REAL["a private key"]
    parted = secret.replace("PRIVATE KEY", 'PRIVATE<span class="w"> </span>KEY')
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>T</h1>'
        f"<pre>{parted}</pre><p>{REAL['a GitHub token']}</p></body></html>"
    )
    rules = content_rules(Settings().on(TODAY), Registry())
    faults = parse_page(page.encode(), "page.html", rules).faults
    assert sorted(fault.needle for fault in faults) == sorted(
        ["-----BEGIN OPENSSH PRIVATE KEY-----", REAL["a GitHub token"][:8]]
    )


def test_secrets_in_scripts_and_attributes():
    token = REAL["a GitHub token"]
    for piece in (f'<script>const key = "{token}";</script>', f'<div data-key="{token}"></div>'):
        assert [fault.needle for fault in secrets_in("p", piece, TODAY)] == [token[:8]]


def test_secrets_in_other_files_of_the_site(tmp_path: Path):
    token = REAL["a key of AWS"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notes.txt").write_text(f"key {token}\n", encoding="utf-8")
    (tmp_path / "Makefile").write_text(f"KEY = {token}\n", encoding="utf-8")
    (tmp_path / "raw.bin").write_bytes(b"\0" + token.encode())
    (tmp_path / "page.html").write_text(token, encoding="utf-8")
    outside = tmp_path.parent / "outside.txt"
    outside.write_text(token, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(outside)
    faults = list(secrets_of_files(tmp_path, TODAY))
    assert [fault.page for fault in faults] == ["Makefile", "data/notes.txt"]
