"""The command line: it opens the reader, and prints whatever the reader shows."""

from tui.cli.entry import main

__all__ = ["main"]
