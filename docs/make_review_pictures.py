"""Make the pictures of the review in the terminal that the documentation shows, from the sample texts in seeds/.

    python docs/make_review_pictures.py

The pictures go to docs/images/.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from rich.console import Console

import ligafix.cli
from ligafix.audit.collect import find_logs, read_documents
from ligafix.audit.decisions import Verdict
from ligafix.audit.review import DecisionFile, Review
from ligafix.audit.series import Order, group_series
from ligafix.cli.review_screen import draw

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SIZES = {100: 24, 48: 30}
"""The rows for each number of columns."""


def main() -> None:
    """Clean the samples, decide some series, and picture the next one at each size."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        review = begin(Path(name))
        for columns, rows in SIZES.items():
            picture(review, columns, rows, IMAGES / f"review-{columns}.svg")


def begin(folder: Path) -> Review:
    """A review of the samples that has come some way."""
    samples = sorted(str(path) for path in (ROOT / "seeds").glob("*.damaged.txt"))
    ligafix.cli.run(["clean", "-q", *samples, "-o", str(folder / "seeds")])
    documents = read_documents(find_logs([folder / "seeds"]))
    review = Review(
        group_series(documents, Order.COMMON), DecisionFile(folder / "decisions.jsonl"), folder / "ligafix-words.txt"
    )
    for verdict in (Verdict.ACCEPT, Verdict.ACCEPT, Verdict.REJECT):
        review.decide(verdict)
    review.search("flour")
    return review


def picture(review: Review, columns: int, rows: int, path: Path) -> None:
    """Picture what a terminal of a size shows."""
    console = Console(record=True, width=columns, height=rows, file=io.StringIO(), highlight=False)
    console.print(draw(review, columns, rows))
    console.save_svg(str(path), title="ligafix review seeds/")


if __name__ == "__main__":
    main()
