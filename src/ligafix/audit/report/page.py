"""The page itself: one file that holds its style, its program and its data, and may load nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

ASSETS = Path(__file__).with_name("assets")
"""Where the parts of the page stand."""

SCRIPTS = (
    *("elements", "payload", "visible", "context", "decisions", "storage", "query"),
    *("overview", "why", "series", "scroll", "editing", "toolbar", "keys", "main"),
)
"""The parts of the program, which share one scope, in the order in which they stand on the page."""


def make_page(payload: Mapping[str, Any]) -> bytes:
    """The report as a page of HTML.

    Text of documents stands only in the compressed data; the program puts it on the page as text nodes. The
    policy lets nothing run or style but what is here, by its hash, and lets nothing be loaded.
    """
    style = _read("report.css")
    script = '"use strict";\n' + "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    data = json.dumps(payload, separators=(",", ":")).encode("ascii")
    page = Template(_read("template.html")).substitute(
        title=html.escape(payload["title"]),
        policy=html.escape(make_policy(style, script)),
        report=hashlib.sha256(data).hexdigest()[:24],
        style=style,
        script=script,
        payload=pack(data),
    )
    return page.encode("utf-8", "xmlcharrefreplace")  # names of files need not be Unicode


def pack(data: bytes) -> str:
    """Data compressed (zlib) and written in letters that mean nothing in HTML."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def make_policy(style: str, script: str) -> str:
    """The Content-Security-Policy for a page with this style and this program, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {_hash_of(script)}; style-src {_hash_of(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash_of(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
