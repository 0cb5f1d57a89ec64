"""Which registers a document is written in."""

from collections import Counter

from ligafix.evidence.registers import find_registers

TODAY = "ela disse também que há três dias o pai não saía à rua e que ele só dela sabia quando vinha dali"
EARLIER = "ella disse tambem que ha tres dias o pae não sahia á rua e que elle só d'ella sabia quando vinha d'alli"


def test_a_portuguese_document_is_spelt_in_one_way() -> None:
    for text, (here, other) in ((TODAY, (1, 2)), (EARLIER, (2, 1))):
        shares = find_registers(Counter(text.split() * 20), {"pt": 1.0})["pt"]
        assert shares[here] > 5 * shares[other]
