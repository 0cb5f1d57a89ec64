"""What stands around a place of a text."""

from ligafix.document import chunk_end, chunk_start, find_seams, partners, surroundings


def test_a_seam_reaches_over_the_page_s_end() -> None:
    (seam,) = find_seams("Cau-\n\fcasus")
    assert (seam.left, seam.gap, seam.right) == ("Cau", "\n\f", "casus")
    assert [seam.left for seam in find_seams("Cau-\r\ncasus")] == ["Cau"]


def test_surroundings_stop_at_the_paragraph() -> None:
    text = "far away.\n\nHe led, in 1937, a charge.\n\nNext"
    start = text.index("led")
    assert surroundings(text, start, start + 3) == ("He ", ", in 1937, a charge.")


def test_partners_are_what_a_hyphen_joins() -> None:
    assert partners("an eld-eect here", 7, 11) == ("eld", "")
    assert partners("a - b", 0, 1) == ("", "")


def test_a_chunk_reaches_from_white_space_to_white_space() -> None:
    text = "an (eect) of"
    assert [(chunk_start(text, place), chunk_end(text, place)) for place in (3, 5, 9)] == [(3, 9), (3, 9), (3, 9)]
    assert (chunk_start(text, 2), chunk_end(text, 2)) == (0, 2)
    assert chunk_start("a" * 500, 400) == 200
    assert chunk_end("a" * 500, 100) == 300
