"""Whether a text is a program, a table of settings or a page of markup as a whole, or a line of it a statement.

Lines of prose among code (comments, descriptions) are written for the programs that read them: their line ends and
their names mean something. A text with listings in it is no program; of that, `ligafix.document` tells single lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ligafix.document import is_code
from ligafix.recent import of_last_text

LEAST = 0.25
"""A text of which this share of the lines belongs to programs is one. In papers with listings it is a tenth at most."""

FEWEST = 5
"""So few lines tell nothing."""

LONGEST = 200
"""Code points. Longer lines are prose."""

WINDOWS, WINDOW = 50, 4000
"""Of a long text no more is looked at than so many stretches of so many code points."""

_NAME = r"[A-Za-z_$][\w$]*"
_TARGET = r"(?:[\w$.]|\[[^\]\n]{0,40}\]|->|::){1,80}"
_STATEMENT = re.compile(
    rf"\s*(?:{_TARGET}\s?(?:[-+*/%|&^:.]|<<|>>|\*\*|//)?=(?!=)\s*\S"  # an assignment
    rf"|(?:(?:return|raise|await|yield|throw|new|del|assert)\s+)?{_TARGET}\((?:[^()\n]|\([^()\n]*\))*\)?[\])]*[;,:{{]?\s*\Z"
    rf"|(?:class|def|function|func|fn|struct|enum|interface|namespace|typedef|sub|elif|except)\s+[\w$@%({{][^.]*[:;({{=\])]\s*\Z"
    rf"|(?:my|our|local|let|var|const)\s+[$@%\w({{][\w,$@% :]{{0,80}}\)?\s?=|use\s+[\w:]+;|(?:my|our|local)\s+[$@%]"
    rf"|(?:public|private|protected|static|extern|export|package)\s+\w+(?:[ \t]+\w+){{0,3}}\s?[({{=]"
    rf"|(?:else|try|finally|do|then|fi|done|esac|endif)\s*[:;{{]?\s*\Z"
    rf"|(?:if|elif|while|for|with|except)\b(?=[^\n]*(?:[=<>_\[\]{{}}]|\w\(|\w\.\w))[^\n]*(?::|\bthen|\bdo|\{{)\s*\Z"
    rf"|(?:return|raise|break|continue|pass)(?:\s+[^\s]*[\w\])'\"])?;?\s*\Z"
    rf"|@{_NAME}(?:\.{_NAME})*(?:\(.*\))?\s*\Z"
    r"|[\"'][^\"'\n]*[\"']\s*:\s*\S"
    r"|[\"'{}\[\]()][^\s\w]*,?;?\s*\Z|[])}]+[,;:]*\s*\Z"
    r"|</?[A-Za-z!?][^<>\n]*>|<!--|-->"
    r"|\#\s?(?:define|include|if|ifdef|ifndef|endif|else|undef|pragma)\b|//|/\*|\*/)"
)
"""What begins a statement, or the rest of one in a line of its own, and ends where one may end."""


def is_statement(line: str) -> bool:
    """Whether a line looks like a statement of a program, or a part of one.

    >>> is_statement("metavar='STYLE')"), is_statement("parser.add_option("), is_statement('"name": "Thin",')
    (True, True, True)
    >>> is_statement("for the first time, as follows (see below):"), is_statement("return to the old house")
    (False, False)
    """
    return (len(line) <= LONGEST and _STATEMENT.match(line) is not None) or is_code(line)


def is_program(text: str, least: float = LEAST) -> bool:
    """Whether so many lines of a text are statements that it is no prose: this share of them at least."""
    return _share_of_statements(text) >= least


@of_last_text
def _share_of_statements(text: str) -> float:
    """Which share of the lines of a text are statements; kept for who asks again."""
    found = [is_statement(line) for line in _sample(text)]
    return sum(found) / len(found) if len(found) >= FEWEST else 0.0


def _sample(text: str) -> Iterator[str]:
    """The lines that say something, or of a long text some of them."""
    step = max(WINDOW, len(text) // WINDOWS)
    for start in range(0, len(text), step):
        lines = re.split(r"\r\n|[\n\r\f]", text[start : start + WINDOW])
        yield from (line for line in lines[start > 0 :] if line.strip())
