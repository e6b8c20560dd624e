"""The commands about the commands: completion for a shell, the whole manual."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from simforms.cli.command import Command
from simforms.cli.failures import told

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
@told
def completion(context: click.Context, shell: str) -> None:
    """Print what lets a shell complete commands, options, documents, carriers and languages.

    Write `eval "$(simforms completion bash)"` into `~/.bashrc`; for zsh the same into `~/.zshrc`; for fish, put what it prints
    into `~/.config/fish/completions/simforms.fish`.

    Example: simforms completion bash
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - `--help` does not pay for it

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - the three are click's own
    click.echo(made(context.find_root().command, {}, "simforms", "_SIMFORMS_COMPLETE").source())


@click.command(cls=Command)
@click.pass_context
@told
def man(context: click.Context) -> None:
    """Show the help of all commands as one text.

    Example: simforms man
    """
    text = "\n\n\n".join(_helps(context.find_root()))
    if sys.stdout.isatty():
        click.echo_via_pager(text)
    else:
        click.echo(text)


def _helps(root: click.Context) -> Iterator[str]:
    yield root.get_help()
    for name, command in root.command.commands.items() if isinstance(root.command, click.Group) else ():
        yield click.Context(command, root, name).get_help()
