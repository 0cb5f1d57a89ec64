"""What the reader decides in the report is kept, can be taken back, and is what `ligafix apply` carries out."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

import ligafix.cli
from ligafix import Change
from ligafix.audit.apply import apply_decisions
from ligafix.audit.collect import find_logs, read_documents
from ligafix.audit.decisions import DECISIONS_SCHEMA_FILE, Decision, Verdict, merge, read_decisions, to_json
from ligafix.audit.series import place_key, series_of
from ligafix.changes import Status, Step
from tests.audit.documents import write
from tests.browser.conftest import Report, Show

TEXT = "The rst of them was led away.\nThe signicant rst xq\nTokyo was rst\n"


@pytest.fixture
def report(show: Show, tmp_path: Path) -> Report:
    return show([write(tmp_path, TEXT)])


def save(report: Report) -> Path:
    """Save the decisions as a file by the page's own button."""
    report.press("Control+s")
    with report.tab.expect_download() as download:
        report.tab.get_by_text("Download decisions.jsonl").click()
    path = report.path.with_name("decisions.jsonl")
    download.value.save_as(path)
    report.leave_dialog()
    return path


def saved(report: Report) -> list[tuple[str, str, str | None]]:
    records = [json.loads(line) for line in save(report).read_text(encoding="ascii").split("\n") if line]
    return [(record["before"], record["verdict"], record["text"]) for record in records]


def verdicts(report: Report, text: str) -> list[str | None]:
    """What is decided about the places of a series."""
    return [place.get_attribute("data-verdict") for place in report.of(text).locator(".place").all()]


def test_a_series_is_judged_by_mouse_and_the_text_shows_it(report: Report) -> None:
    first = report.of("rst")
    first.get_by_text("Reject").click()
    assert first.get_attribute("data-verdict") == "reject"
    assert first.get_by_text("Reject", exact=True).locator("..").get_attribute("aria-pressed") == "true"
    assert report.text("#progress-text") == "3 of 7 decided"
    assert "rst of them" in report.of("led").locator(".context").inner_text()  # as it stands now
    first.get_by_text("Reject", exact=True).click()
    assert first.get_attribute("data-verdict") == "none"
    assert report.text("#progress-text") == "0 of 7 decided"


def test_a_single_place_is_judged_apart_from_its_series(report: Report) -> None:
    report.tab.get_by_text("Show all 3 places").click()
    report.of("rst").locator(".place").nth(1).get_by_role("button", name="Reject").click()
    assert [p.get_attribute("data-verdict") for p in report.of("rst").locator(".place").all()] == [
        "none",
        "reject",
        "none",
    ]
    assert report.of("rst").get_attribute("data-verdict") == "mixed"
    report.of("rst").get_by_role("button", name="Accept all 3 places").click()
    assert [p.get_attribute("data-verdict") for p in report.of("rst").locator(".place").all()] == [
        "accept",
        "reject",
        "accept",
    ]


def test_the_keyboard_alone_judges(report: Report) -> None:
    report.press("j", "a", "r", "e")
    report.tab.keyboard.type("Tōkyō!")
    report.press("Enter")
    assert report.tab.locator("form.editor").count() == 0
    assert saved(report) == [("rst", "accept", None), ("led", "reject", None), ("Tokyo", "edit", "Tōkyō!")]


def test_keys_go_through_the_places_of_an_open_series(report: Report) -> None:
    report.press("j", "s", "j", "j", "r")
    assert saved(report) == [("rst", "reject", None)]
    assert report.tab.evaluate("document.activeElement.dataset.place") is not None
    report.press("j", "k", "k", "k", "k", "w")
    assert report.of("rst").locator(".why").count() == 1


def test_what_was_done_is_undone_and_done_again(report: Report) -> None:
    report.press("j", "a", "r")
    report.press("u")
    assert report.text("#message") == "Undone: Rejected: led becomes filed, line 1"
    report.press("Control+z")
    assert saved(report) == []
    report.tab.get_by_role("button", name="Do again").click()
    report.press("Shift+U")
    assert saved(report) == [("rst", "accept", None), ("led", "reject", None)]
    assert report.tab.get_by_role("button", name="Do again").is_disabled()


def test_an_edit_is_written_with_pictures_of_what_cannot_be_typed(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "A signi-\ncant thing\n")])
    report.press("j", "e")
    assert report.tab.locator("form.editor input").input_value() == "significant␊"
    report.tab.locator("form.editor input").fill("signi-cant␊")
    report.press("Enter")
    assert saved(report) == [("signi-\ncant", "edit", "signi-cant\n")]


def test_an_edit_can_be_given_up(report: Report) -> None:
    report.of("led").get_by_text("Edit").click()
    report.press("Escape")
    assert report.tab.locator("form.editor").count() == 0
    assert saved(report) == []


def test_a_runner_up_is_taken_with_a_click(report: Report) -> None:
    report.of("led").get_by_text("Why?").click()
    report.of("led").get_by_text("take this").click()
    assert saved(report) == [("led", "reject", None)]  # the runner-up is what the source has


def test_decisions_are_there_again_after_a_reload(report: Report) -> None:
    report.press("j", "a", "r")
    report.tab.reload()
    report.tab.wait_for_selector("html[data-ready=true]")
    assert report.text("#progress-text") == "4 of 7 decided"
    assert saved(report) == [("rst", "accept", None), ("led", "reject", None)]


def test_a_browser_that_keeps_nothing_says_so(report: Report) -> None:
    report.tab.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full'); })")
    report.press("j", "a")
    assert report.text("#message").endswith("This browser keeps nothing: save before you leave.")
    report.press("u")


def test_the_file_is_as_its_schema_says_and_names_the_reviewer(report: Report) -> None:
    report.press("j", "s", "a", "j", "r", "Control+s")
    report.tab.locator("#reviewer").fill("Ada")
    report.leave_dialog()
    schema = json.loads(DECISIONS_SCHEMA_FILE.read_text(encoding="utf-8"))
    lines = save(report).read_text(encoding="ascii").split("\n")
    for line in filter(None, lines):
        jsonschema.validate(json.loads(line), schema)
    assert [d.reviewer for d in read_decisions(report.path.with_name("decisions.jsonl"))] == ["Ada", "Ada"]


def test_a_saved_file_is_loaded_again_as_one_step(report: Report) -> None:
    report.press("j", "a", "r")
    path = save(report)
    report.press("u", "u", "Control+s")
    report.tab.locator("#load").set_input_files(path)
    report.tab.wait_for_selector("#load-text:has-text('2 decisions loaded.')")
    report.leave_dialog()
    assert report.text("#progress-text") == "4 of 7 decided"
    report.press("u")
    assert report.text("#progress-text") == "0 of 7 decided"


def test_a_key_pressed_right_after_a_dialog_closes_is_heard(report: Report) -> None:
    report.press("j", "a", "Control+s")
    report.tab.locator("#reviewer").focus()
    report.tab.evaluate(
        """document.getElementById("save").close();
        document.getElementById("reviewer").dispatchEvent(new KeyboardEvent("keydown", {key: "u", bubbles: true}))"""
    )  # the field keeps the focus until the next frame is drawn
    assert report.text("#progress-text") == "0 of 7 decided"


def test_decisions_about_other_documents_are_kept_and_saved_along(report: Report, tmp_path: Path) -> None:
    other = Decision(place_key("0" * 64, Change(0, 3, "abc", "abd", Status.APPLIED, 0.9, (STEP,))), Verdict.REJECT)
    (tmp_path / "other.jsonl").write_text(to_json(other) + "\n", encoding="ascii")
    report.press("Control+s")
    report.tab.locator("#load").set_input_files(tmp_path / "other.jsonl")
    report.tab.wait_for_selector("#load-text:has-text('1 other about other documents')")
    report.leave_dialog()
    assert read_decisions(save(report)) == [other]


@pytest.mark.parametrize("content", ["no json\n", '{"type": "change"}\n', '{"type":"decision","scope":"place"}'])
def test_another_file_is_refused(report: Report, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.jsonl").write_text(content, encoding="utf-8")
    report.press("Control+s")
    report.tab.locator("#load").set_input_files(tmp_path / "bad.jsonl")
    report.tab.wait_for_selector("#load-text:has-text('Line 1 is no decision; is this a decisions file?')")


def test_apply_makes_the_text_that_was_decided_on(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report.press("j", "s", "j", "j", "r")  # the second `rst` only
    report.of("led").get_by_text("Accept").click()
    report.of("signicant").get_by_text("Reject").click()
    report.of("Tokyo").get_by_text("Edit").click()
    report.tab.keyboard.type("Tokio \ud83d\ude00")
    report.press("Enter")
    decisions = save(report)
    monkeypatch.chdir(tmp_path)
    assert ligafix.cli.run(["apply", "page.txt", "--decisions", str(decisions), "-o", "final.txt"]) == 0
    made = (tmp_path / "final.txt").read_text(encoding="utf-8")
    assert made == "The first of them was filed away.\nThe signicant rst xq\nTokio 😀 was first\n"


STEP = Step("fake", "r", "abc", "abd", 0.9)

RULINGS = """async (text) => {
  const model = makeModel(await unpack(byId("payload").textContent));
  return text.map((lines) => {
    const decisions = makeDecisions();
    decide(decisions, fromLines(model, lines).entries, "");
    const app = { model, rulings: computeRulings(model, decisions) };
    return model.changes.start.map((_, i) => {
      const ruling = app.rulings.get(i);
      return isMade(model, i, ruling) ? outcomeOf(app, i, ruling) : beforeAt(model, i);
    });
  });
}"""


def intricate() -> tuple[str, list[Change]]:
    """A source with all kinds of changes: of several steps, in groups, open ones, and the same words again."""
    words = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "aa", "bb", "dd"]
    kinds: list[tuple[Status, tuple[tuple[str, str], ...], int | None]] = [
        (Status.APPLIED, (("aa", "AA"),), None),
        (Status.APPLIED, (("bb", "BbB"), ("BbB", "BxB")), None),
        (Status.SUGGESTED, (("cc", "CC"),), None),
        (Status.SUSPECTED, (("dd", "dd"),), None),
        (Status.APPLIED, (("ee", "EE"),), 1),
        (Status.APPLIED, (("ff", "FF"),), 1),
        (Status.SUGGESTED, (("gg", "GG"),), 2),
        (Status.SUGGESTED, (("hh", "HH"),), 2),
        (Status.REJECTED, (("ii", "II"),), None),
        (Status.APPLIED, (("aa", "AA"),), None),
        (Status.APPLIED, (("bb", "BbB"), ("B", "b"), ("bbB", "QbQ")), None),  # cannot be made again step by step
        (Status.SUGGESTED, (("dd", "DD"),), None),
    ]
    changes = []
    for number, (word, (status, steps, group)) in enumerate(zip(words, kinds, strict=True)):
        made = tuple(Step(f"s{n}", "r", before, after, 0.9) for n, (before, after) in enumerate(steps))
        after = steps[-1][1] if len(steps) < 3 else "QbQ"
        changes.append(Change(3 * number, 3 * number + 2, word, after, status, 0.9 ** len(steps), made, group))
    return " ".join(words), changes


def draw(chance: random.Random, source: str, changes: Sequence[Change]) -> list[Decision]:
    """Decisions about some places and series."""
    keys = [place_key(source, change) for change in changes] + [key for c in changes for key in series_of(c)]
    decisions = []
    for key in chance.sample(sorted(set(keys), key=repr), chance.randint(1, 6)):
        verdict = chance.choice(list(Verdict))
        decisions.append(Decision(key, verdict, chance.choice(["new", key.before]) if verdict == "edit" else None))
    return decisions


def test_the_page_foretells_what_apply_makes(show: Show, tmp_path: Path) -> None:
    text, changes = intricate()
    report = show([write(tmp_path, text, changes=changes)])
    (document,) = read_documents(find_logs([tmp_path]))
    sha256, logged = document.header.source.sha256, [entry.change for entry in document.entries]
    chance = random.Random(7)  # noqa: S311 - cases, not secrets
    cases = [draw(chance, sha256, logged) for _ in range(300)]
    told = report.tab.evaluate(RULINGS, ["\n".join(map(to_json, case)) for case in cases])
    for case, texts in zip(cases, told, strict=True):
        outcome = apply_decisions(sha256, logged, merge(case).decisions)
        made = [c.after if c.status == Status.APPLIED else c.before for c in outcome.changes]
        assert texts == made, case
