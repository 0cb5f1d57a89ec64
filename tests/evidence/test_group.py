"""What the documents of a group tell each other."""

import json
import random
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner
from ligafix.evidence.group import MOST_DOCUMENTS, DocumentTally, FittedGroup, GroupEvidence, document_key
from ligafix.lexicon.alignment import Loss

CLEANER = Cleaner()
LOST = (
    "The rst ocer of the sta found the le in his oce. It was a dicult aair of ve days, and nobody could dene its eect.",
    "She oered him a cup of coee and a biscuit; he had suered enough, and conded in her at the end of the aernoon.",
    "On the fth day they were sucient to ll the oce, and the sta was satised with the prot.",
    "It was a terric ght, and the ocials were horried; the re had reached the roof.",
    "The scientic ndings were signicant, but the eld was dicult and the oce conned.",
)
SILENT = "He led the way to the water and sat down in the sun, where nobody was about, and slept for an hour or two."
INTACT = (
    "The first officer of the staff found the file in his office. It was a difficult affair of five days.",
    "The fields were flat; he offered them coffee and a fire, and their efforts were sufficient.",
    "She finished the first chapter, a fine effort, and filled the flask with coffee from the office.",
)


def tell(texts: tuple[str, ...]) -> tuple[FittedGroup, list[str]]:
    keys = [document_key(str(number), text.encode()) for number, text in enumerate(texts)]
    rows = zip(keys, texts, strict=True)
    parts = [GroupEvidence.of_document(key, text, CLEANER.survey(text)) for key, text in rows]
    return FittedGroup(GroupEvidence.merge(parts)), keys


def lost(group: FittedGroup, key: str, text: str, ligature: str = "fi") -> float:
    return CLEANER.survey(text, group.neighbours_of(key)).lost(Loss(ligature, ""))


def test_merging_is_the_same_in_any_order_and_grouping() -> None:
    parts = [GroupEvidence.of_document(t[:9], t, CLEANER.survey(t)) for t in (*LOST[:2], *INTACT[:2])]
    whole = GroupEvidence.merge(parts)
    assert all(GroupEvidence.merge(order) == whole for order in permutations(parts))
    assert GroupEvidence.merge([GroupEvidence.merge(parts[2:]), GroupEvidence.merge(parts[:2])]) == whole


keys = st.text("0123456789abcdef", min_size=4, max_size=4)
tallies = st.builds(
    GroupEvidence,
    documents=st.just(1),
    words=st.integers(0, 99),
    sample=st.dictionaries(keys, st.just(DocumentTally({}, {}, {})), max_size=3),
    counts=st.dictionaries(keys, st.integers(1, 9), max_size=3),
    families=st.frozensets(keys, max_size=3),
)


@settings(max_examples=30)
@given(st.lists(tallies, max_size=4), st.randoms())
def test_what_is_kept_of_a_large_group_does_not_depend_on_the_order(
    parts: list[GroupEvidence], chosen: random.Random
) -> None:
    many = [
        GroupEvidence(1, 1, {f"{n:04x}": DocumentTally({}, {}, {})}, {f"w{n}": 1}) for n in range(MOST_DOCUMENTS + 50)
    ]
    parts = [*parts, GroupEvidence.merge(many[:400]), GroupEvidence.merge(many[400:])]
    whole = GroupEvidence.merge(parts)
    shuffled = list(parts)
    chosen.shuffle(shuffled)
    assert GroupEvidence.merge(shuffled) == whole
    assert len(whole.sample) <= MOST_DOCUMENTS


def test_evidence_survives_the_disk() -> None:
    group = tell((*LOST, *INTACT))[0].evidence
    assert GroupEvidence.from_json(json.loads(json.dumps(group.to_json()))) == group


def test_a_page_without_evidence_is_judged_like_its_neighbours() -> None:
    group, keys = tell((*LOST, SILENT))
    assert lost(group, keys[-1], SILENT) > 0.6
    assert CLEANER.survey(SILENT).lost(Loss("fi", "")) < 0.02


def test_a_document_alone_is_judged_as_without_a_group() -> None:
    group, keys = tell((LOST[0],))
    assert group.neighbours_of(keys[0]) is None


def test_a_document_that_shows_its_ligatures_keeps_its_own_judgement() -> None:
    whole = " ".join(INTACT)
    group, keys = tell((*LOST, whole))
    assert lost(group, keys[-1], whole) < 0.01
    assert CLEANER.clean(whole, neighbours=group.neighbours_of(keys[-1])).text == whole


def test_a_damaged_document_among_intact_ones_is_still_restored() -> None:
    group, keys = tell((*INTACT * 4, LOST[0]))
    text = CLEANER.clean(LOST[0], neighbours=group.neighbours_of(keys[-1])).text
    assert text.startswith("The first officer of the staff found the file")


def test_a_document_does_not_confirm_itself() -> None:
    group, keys = tell((LOST[0], SILENT))
    prior = group.neighbours_of(keys[0])
    assert prior
    assert sum(p for pattern, p in prior.losses.patterns.items() if "fi" in pattern) < 0.2


def test_an_intact_word_of_one_page_vouches_for_it_on_another() -> None:
    group, keys = tell(("Mr. Biffenfield and Biffenfield's office " * 9, LOST[0]))
    prior = group.neighbours_of(keys[1])
    assert prior
    assert prior.frequency("Biffenfield") > 0


def test_a_sign_means_what_it_means_in_documents_of_the_same_producer() -> None:
    coded = tuple(text.replace("fi", "\x03") for text in (*INTACT, "Five fields, a finger, a confident finish."))
    group, keys = tell((*coded, "It was his \x03n."))
    prior = group.neighbours_of(keys[-1])
    assert prior
    assert prior.codes["\x03"]["fi"] > 0.5
    assert CLEANER.clean("It was his \x03n.", neighbours=prior).text == "It was his fin."


def test_documents_of_another_producer_are_not_asked() -> None:
    one = tuple(text.replace("fi", "\x0c") for text in INTACT)
    other = tuple(text.replace("ff", "\x0c") for text in INTACT)
    group, keys = tell((*one, *other))
    prior = group.neighbours_of(keys[0])
    assert prior
    assert prior.codes["\x0c"].get("ff", 0.0) == 0.0
