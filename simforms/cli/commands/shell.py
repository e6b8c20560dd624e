"""The commands about the commands: completion for a shell, and the manual of all commands."""

from __future__ import annotations

from collections.abc import Iterator

import click

from simforms.cli.command import Command
from simforms.cli.output import page, show_lines

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands, options, documents, carriers and languages in a shell.

    For bash, write `eval "$(simforms completion bash)"` into `~/.bashrc`. For zsh, write the same with `zsh` into
    `~/.zshrc`. For fish, save the output for `fish` in `~/.config/fish/completions/simforms.fish`.

    Example: simforms completion bash
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - `--help` does not pay for it

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - the three are click's own
    show_lines(made(context.find_root().command, {}, "simforms", "_SIMFORMS_COMPLETE").source().split("\n"))


@click.command(cls=Command)
@click.pass_context
def man(context: click.Context) -> None:
    """Show the help of all commands as one text.

    Example: simforms man
    """
    page("\n\n\n".join(_helps(context.find_root())))


def _helps(root: click.Context) -> Iterator[str]:
    yield root.get_help()
    for name, command in root.command.commands.items() if isinstance(root.command, click.Group) else ():
        yield click.Context(command, root, name).get_help()
