"""Books that stand in one text without a mark between them."""

import random

import pytest

pytest.importorskip("scipy")

from books import part_books

PEOPLE = ("Agathe Bertrand Clovis Delphine", "Edgar Fanchon Gilles Hortense", "Irma Joseph Klara Lucien")


def write_book(number: int, paragraphs: int) -> str:
    """A book of paragraphs of 100 words; each names some of its people, and a place that all books have."""
    draw = random.Random(number)  # noqa: S311 - not a secret
    people = PEOPLE[number].split()
    found = []
    for _ in range(paragraphs):
        named = [*draw.sample(people, 2), draw.choice(["Paris", "Lyon"])]
        found.append(" ".join("alors vint " + name + " et le soir tomba sur tout cela" * 3 for name in named))
    return "\n\n".join(found)


def test_books_are_parted_where_their_people_change() -> None:
    books = [write_book(number, 700) for number in range(3)]
    assert part_books("\n\n".join(books)) == books


def test_one_book_stays_one() -> None:
    book = write_book(0, 700)
    assert part_books(book) == [book]
