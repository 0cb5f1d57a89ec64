"""The report's page is one file that runs only what it brings along, and shows text only as text."""

import base64
import hashlib
import html
import json
import re
import zlib
from typing import Any

import pytest

from ligafix.audit.report import ASSETS, make_page, make_payload
from ligafix.audit.report.page import SCRIPTS

EMPTY = make_payload([], "none")
SPITEFUL = "</script><script>alert(1)</script><!-- &quot; ${style}"


def page_of(payload: dict[str, Any]) -> str:
    return make_page(payload).decode("utf-8")


def part(page: str, tag: str) -> str:
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def sha256(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def test_the_policy_names_the_program_and_the_style_by_their_hashes_and_nothing_else() -> None:
    page = page_of(EMPTY)
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert html.unescape(policy.group(1)) == (
        f"default-src 'none'; script-src 'sha256-{sha256(part(page, 'script'))}'; "
        f"style-src 'sha256-{sha256(part(page, 'style'))}'; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_from_anywhere() -> None:
    page = page_of(EMPTY).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]|@import|url\(|\bsrc=", page.split('id="payload"')[0])
    assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|import\(|WebSocket|sendBeacon", part(page, "script"))


def test_the_data_comes_back_as_it_was() -> None:
    payload = {**EMPTY, "title": "é\udcff", "texts": [SPITEFUL]}
    packed = re.search('id="payload">([A-Za-z0-9+/=]*)</script>', page_of({**payload, "title": "x"}))
    assert packed is not None
    assert json.loads(zlib.decompress(base64.b64decode(packed.group(1)))) == {**payload, "title": "x"}


def test_markup_in_texts_and_titles_stays_text() -> None:
    page = page_of({**EMPTY, "title": SPITEFUL, "texts": [SPITEFUL]})
    assert "alert(1)</script>" not in page
    assert page.count("<script") == 2
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page


def test_a_title_that_is_no_unicode_does_not_break_the_page() -> None:
    assert b"caf?" in make_page({**EMPTY, "title": "caf\udce9"}).replace(b"&#56553;", b"?")


def test_the_report_is_known_by_its_data() -> None:
    ids = [re.search('data-report="([0-9a-f]{24})"', page_of({**EMPTY, "title": t})) for t in ("a", "a", "b")]
    assert all(ids)
    first, second, other = (found.group(1) for found in ids if found)
    assert first == second != other


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_program_puts_no_text_on_the_page_as_markup(name: str) -> None:
    code = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)
    assert "</script" not in code
    assert "<!--" not in code


def test_every_part_of_the_program_is_on_the_page() -> None:
    assert sorted(path.stem for path in ASSETS.glob("*.js")) == sorted(SCRIPTS)


def test_every_name_that_the_program_looks_up_is_in_the_template() -> None:
    template = (ASSETS / "template.html").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js"))
    assert set(re.findall(r'byId\("([\w-]+)"\)', code)) <= set(re.findall(r'id="([\w-]+)"', template))
    actions = set(re.findall(r'data-action="([\w-]+)"', template))
    known = code[code.index("const actions") : code.index("async function startPage")]
    assert actions <= set(re.findall(r'^  "?([\w-]+)"?:', known, re.MULTILINE))


def test_no_function_of_the_program_is_long() -> None:
    for path in ASSETS.glob("*.js"):
        for body in re.findall(
            r"^(?:async )?function .*?^}", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        ):
            assert body.count("\n") <= 40, body.split("\n")[0]
