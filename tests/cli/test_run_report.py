"""A run says what came of it in a line and in its exit status."""

import pytest

from ligafix.changes import Change, Status
from ligafix.cli.run_report import RunReport


def change(status: Status) -> Change:
    return Change(0, 1, "a", "b", status, 1.0, ())


def report(*, dry: bool = False, failed: int = 0, files: tuple[tuple[Status, ...], ...] = ()) -> RunReport:
    made = RunReport(dry=dry, failed=failed)
    for statuses in files:
        made.count([change(status) for status in statuses])
    return made


A, S, X = Status.APPLIED, Status.SUGGESTED, Status.SUSPECTED


@pytest.mark.parametrize(
    ("made", "summary", "status"),
    [
        (report(files=((A,),)), "1 file cleaned; 1 change", 0),
        (report(files=((A, A, S), (A,), ())), "2 files cleaned, 1 file unchanged; 3 changes, 1 suggestion", 0),
        (report(files=((S, X, X),)), "1 file unchanged; 1 suggestion, 2 suspected places", 0),
        (report(failed=2), "2 files failed", 3),
        (report(dry=True, files=((A,), ())), "1 file would change, 1 file would stay unchanged; 1 change", 1),
        (report(dry=True, files=((S,),)), "1 file would stay unchanged; 1 suggestion", 0),
        (report(dry=True, failed=1, files=((A,),)), "1 file would change, 1 file failed; 1 change", 3),
    ],
)
def test_the_report_counts_files_and_changes(made: RunReport, summary: str, status: int) -> None:
    assert (made.summary(), made.exit_status()) == (summary, status)
