"""What each kind of evidence for a furniture line, or against it, counts (nats), and how much of it there must be.

The weights were set by hand for the kinds of evidence the field knows.
"""

from __future__ import annotations

from ligafix.stages.furniture.edges import Kind
from ligafix.stages.furniture.numbers import Form, Parting

PRIOR = {Kind.BREAK: -3.0, Kind.NUMBER: -3.0, Kind.REPEAT: -4.0, Kind.INTERRUPTION: -4.0, Kind.EDGE: -3.5}
"""Lines near a boundary, before anything is known: one in twenty is furniture where there may be none at all."""

KNOWN_LINE = 7.5
"""A line that sites and archives put on pages, word for word."""

AS_PRINTED = {Form.BARE: 1.5, Form.BRACKETED: 0.0, Form.SET_OFF: 3.5, Form.NAMED: 6.5, Form.BESIDE: 0.0}
"""A number in the manner of page numbers that has nothing to count with."""

STRAY_NUMBER = 1.0
"""Any such number, where the pages are numbered and it does not count with them."""

PARTED = {Parting.SPACE: 0.0, Parting.RULE: 4.5, Parting.LETTER: 5.7}
"""A number that a sign parts from a title (`130 | The Harbour`, `130 Ë The Harbour`)."""

HEADING = -5.0
"""A word that heads parts of a text, or such a word and a number."""

REPEATED_HEADING = -1.0
"""Such a word where it stands on more than a few pages, and most of them are near another one: it is a running head."""

FEW_HEADINGS = 3
"""No more pages than these are a few."""

SENTENCE = -3.0
"""A line that ends as sentences do."""

WORDLESS = -3.0
"""A line with letters, but neither a page number nor a word of three: a formula, the label of an axis or a stave."""

CITED = -4.0
"""A line in square brackets, as a citation that has a line for itself."""

LONG = -1.5
"""A line longer than heads are: this many code points and more."""
LONG_LINE = 110

SMALL = -1.5
"""A line that begins with a small letter."""

OTHER_TEXTS = 4.5
"""A line that stands in other texts too, however many: letters have their greetings, and reports their headings."""

IN_MOST_TEXTS = 2.0
"""It stands in most of them ..."""

FEW_TEXTS = 5
"""... and they are so many at least ..."""

GREETING = 4
"""A greeting or a name has no more words than this; what sites put below texts that are whole has more."""

TORN = 1 / 8
"""... in so many of which a sentence runs on beyond it: a head stands wherever a page ends, but no letter begins, or
ends, within a sentence."""

NUMBERED_HEAD = 2.5
"""A numbered title beside a page number that counts, as other pages have one: heads name their chapter so, and those of
short chapters stand on a page or two."""

TITLE = -5.0
"""The first of the lines of its kind, at the start of the text, where no text of full length follows."""

TEXT_BESIDE = -14.0
"""The words beside a number are those of the page's text: extractors run its first line on behind the number."""

GOES_ON = 1.8
"""The text behind a page number begins with a small letter."""

FLOWS = -4.0
"""A line that a sentence runs through, to or from the text of its page."""

MANY_PAGES, MOST_PAGES = 3, 0.3
"""What stands near the ends of so many pages, and of this share of all pages, ends no sentence of theirs."""

COLUMNS = -3.0
"""A row of columns with another below it."""

COLUMN = -9.0
"""A number in a column of numbers."""

LEADERS = -9.0
"""An entry of a table of contents, with a row of dots."""

ELSEWHERE = -5.0
"""All lines like it stand where no page ends; in proportion, and twice that for mere signs."""

INSIDE = -8.0
"""Text stands between all lines like it and the ends of their pages; in proportion."""

MOSTLY_OUTER = 0.8
"""Where no text stands between so many of some lines and the ends of their pages, it does not by chance."""

SHORTEST = 2
"""What is no longer may be a piece of a stamp (code points)."""

WITH_TEXT = -8.0
"""A line that blank lines part from the furniture, and not from the text, where they part heads from the text."""
