"""Many places and what is said of each: as a tuple of the same rows would be."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from ligafix.changes import Changes, Proposal, Proposals

ROWS = st.lists(
    st.builds(
        Proposal,
        st.integers(0, 9),
        st.integers(1, 12),
        st.sampled_from([None, "x", "y"]),
        st.just("rule"),
        st.just(0.5),
    )
)


@given(ROWS, ROWS)
def test_they_are_equal_to_a_tuple(rows: list[Proposal], others: list[Proposal]) -> None:
    found = Proposals(rows)
    assert tuple(found) == tuple(rows) == found
    assert (found == Proposals(others)) == (rows == others)
    assert hash(found) == hash(tuple(rows))
    assert repr(found) == repr(tuple(rows))
    assert found[1:-1] == tuple(rows)[1:-1]
    assert [found[n] for n in range(len(rows))] == rows


@given(ROWS)
def test_what_is_alike_is_one_object(rows: list[Proposal]) -> None:
    found = Proposals(rows)
    assert len(found.distinct()) == len({row[2:] for row in rows})


@given(ROWS)
def test_they_are_sorted_by_their_places(rows: list[Proposal]) -> None:
    assert list(Proposals(rows).in_order()) == sorted(rows, key=lambda row: (row.start, row.end))


@given(ROWS)
def test_what_is_said_is_changed_at_all_places_or_left_out(rows: list[Proposal]) -> None:
    found = Proposals(rows).revise(lambda said: said._replace(after="z") if said.after == "x" else None)
    assert list(found) == [row._replace(after="z") for row in rows if row.after == "x"]
    assert list(Proposals(rows).having(lambda said: said.after is None)) == [row for row in rows if row.after is None]


def test_changes_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Changes())) == Changes() == ()  # noqa: S301 - our own
