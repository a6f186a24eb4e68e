"""The command `parallax`: it opens the reader, or prints what the reader shows.

Data goes to stdout; progress, notes and complaints go to stderr. Nothing but click is imported
until a command needs it, so that `--version`, `--help` and completion are instant.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tui import __version__
from tui.cli.commands import COMMANDS
from tui.cli.common import FOUND, exists, plain_errors
from tui.cli.completion import SHELLS, script
from tui.cli.formats import formats
from tui.cli.syntax import syntax

WRONG, INTERRUPTED = 2, 130
"""Exit codes; the second is what shells give a command that Ctrl-C ended."""
PRINTERS = ", ".join(command.name or "" for command in (*COMMANDS, formats, syntax))


class ReaderGroup(click.Group):
    """A group of commands whose first argument may be a path instead: that opens the reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Gives the command named first, or else the one that opens the reader on `args`."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        if not ctx.resilient_parsing and not exists(args[0]):
            raise click.ClickException(f"no such file or folder: {args[0]} ({self.hint(args[0])})")
        return read.name, read, args

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command and gives its exit code, quietly when a pipe is closed meanwhile."""
        try:
            code = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the pipe has had enough; what is still buffered would fail again on
            # exit. Click would give 1, which here means that nothing was found.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return FOUND
        return code

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Commands and options, and whatever paths the shell finds."""
        from click.shell_completion import CompletionItem

        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]

    def hint(self, word: str) -> str:
        """What a word that is neither a command nor a path may have been meant for."""
        from difflib import get_close_matches

        close = get_close_matches(word.lower(), self.commands, n=1) if word.isalpha() else []
        known = ", ".join(self.commands)
        return f"did you mean: parallax {close[0]}" if close else f"commands: {known}"


class ReadCommand(click.Command):
    """Opens the reader. It is never typed, so its help is that of `parallax`."""

    def get_help(self, ctx: click.Context) -> str:
        """The help of `parallax` itself."""
        return ctx.find_root().get_help()


@click.command(cls=ReadCommand, name="")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def read(paths: tuple[Path, ...]) -> int | None:
    """Opens the reader on `paths`, or on the example collection when there are none."""
    for path in paths:
        if not exists(path):
            raise click.ClickException(f"no such file or folder: {path}")
    streams = (sys.stdin, sys.stdout, sys.stderr)  # Textual draws on the last
    terminal = all(stream is not None and stream.isatty() for stream in streams)
    if not terminal or os.environ.get("TERM") in ("dumb", "unknown"):
        raise click.ClickException(
            f"the reader needs a terminal that can draw; these commands print: {PRINTERS}"
        )
    with plain_errors():
        from index.places import bundled_seeds
        from tui.app import run

        return run(paths or [bundled_seeds()])


@click.group(
    cls=ReaderGroup,
    invoke_without_command=True,
    subcommand_metavar="[PATH]... | COMMAND ...",
    context_settings={"max_content_width": 90},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def parallax(ctx: click.Context) -> int | None:
    """Read a folder of news articles, search it, and put the articles side by side.

    With folders or files, or with nothing at all (the example collection), the reader opens.
    The commands print what it shows; each takes --json, and --in for the collection.

    \b
    Examples:
      parallax                      open the example collection
      parallax ~/articles           open a folder
      parallax ./search             open a folder that is called like a command
      parallax search --in ~/articles ceasefire
    """
    return ctx.invoke(read, paths=()) if ctx.invoked_subcommand is None else None


for command in COMMANDS:
    parallax.add_command(command)
parallax.add_command(formats)
parallax.add_command(syntax)


@parallax.command()
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
def completion(shell: str) -> int:
    """Print the completion script for a SHELL: bash, zsh or fish.

    \b
    Examples:
      echo 'eval "$(parallax completion bash)"' >> ~/.bashrc
      echo 'eval "$(parallax completion zsh)"' >> ~/.zshrc
      parallax completion fish > ~/.config/fish/completions/parallax.fish
    """
    click.echo(script(parallax, shell), nl=False)
    return FOUND


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    try:
        code = parallax.main(arguments, prog_name="parallax", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.UsageError as error:
        command = error.ctx.command_path.strip() if error.ctx else "parallax"
        return complain(f"{error.format_message().rstrip('.')} (see {command} --help)")
    except click.ClickException as error:
        return complain(error.format_message())
    except OSError as error:
        return complain(str(error.strerror or error))
    except Exception as error:
        # A fault of ours is one line too, for whoever cannot mend it.
        if sys.flags.dev_mode:
            raise
        what = f"{type(error).__name__}: {error}"
        return complain(
            f"a fault of Parallax itself: {what} (python -X dev -m tui.cli shows where)"
        )
    return code or FOUND


def complain(message: str) -> int:
    """Says in one line on stderr what is wrong, and gives the exit code for it."""
    from tui.text import one_line

    click.echo("parallax: " + " ".join(one_line(message).split()), err=True)
    return WRONG
