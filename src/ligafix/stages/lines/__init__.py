"""Stage `lines`: a blank line after every line, footnotes, wrapped paragraphs.

White space is all it changes, but for footnotes, which it moves when asked to.
"""
