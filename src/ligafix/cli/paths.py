"""Names of files and folders on the command line."""

from __future__ import annotations

from typing import Any

import click


class NamedPath(click.Path):
    """A path that is not empty.

    An empty one would mean the working folder, and is seldom meant: it comes of a variable that is not set, as in
    `ligafix revert "$FOLDER"`.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path as `click.Path` gives it.

        Raises:
            click.BadParameter: it is empty.
        """
        if not str(value):
            self.fail("it is empty; name a file or a folder", param, ctx)
        return super().convert(value, param, ctx)
