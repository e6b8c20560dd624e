"""What is wrong with a command line becomes one sentence in the person's language, with an example that is right."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from simforms.cli.failures import sentence
from simforms.cli.help_text import examples, placeholder
from simforms.cli.voice import said
from simforms.errors import CommandLineError
from simforms.messages import Message, say


class Refused(click.ClickException):
    """A command line that cannot be followed: one sentence, and an example that can."""

    exit_code = CommandLineError.exit_code

    def __init__(self, text: str, command: click.Command) -> None:
        super().__init__(text)
        self.hints = [said(say("Example: %(example)s", example=example)) for example in examples(command)[:1]]

    def show(self, file: Any = None) -> None:
        """Print it on stderr."""
        for line in (f"simforms: {self.message}", *self.hints):
            click.echo(line, file=file, err=True)


@contextmanager
def told_by(ctx: click.Context, args: list[str]) -> Iterator[None]:
    """Turn what is wrong with a command line into a sentence of ours, instead of click's own in English."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except CommandLineError as error:
        raise Refused(sentence(error), ctx.command) from None
    except click.UsageError as error:
        raise Refused(_mistake(error, ctx, args), (error.ctx or ctx).command) from None


def _mistake(error: click.UsageError, ctx: click.Context, args: list[str]) -> str:
    """Return what is wrong with a command line."""
    options = {name: one for one in ctx.command.get_params(ctx) if isinstance(one, click.Option) for name in one.opts}
    found = say("too much on the command line: %(typed)s", typed=" ".join(_left_over(ctx, args)))
    match error:
        case click.NoSuchOption(option_name=name):
            found = no_such(name, options, say("there is no option “%(name)s”", name=name))
        case click.BadOptionUsage(option_name=name):
            found = say("“%(name)s” takes no value", name=name)
            if (option := options.get(name)) and not option.is_flag:
                found = say("missing on the command line: %(what)s", what=f"{name} {_stands_for(option, ctx)}")
        case click.MissingParameter(param=click.Parameter() as missing):
            found = say("missing on the command line: %(what)s", what=_stands_for(missing, ctx))
        case click.BadParameter(param=click.Parameter() as wrong):
            return _wrong_value(wrong, ctx, args)
        case _ if not found.values["typed"]:
            return error.format_message()
    return said(found)


def _left_over(ctx: click.Context, args: list[str]) -> list[str]:
    """Return what stands on a command line behind all that its command takes."""
    if isinstance(ctx.command, click.Group) or not args:
        return []
    try:
        return list(ctx.command.make_parser(ctx).parse_args(list(args))[1])
    except click.UsageError:
        return []


def _stands_for(parameter: click.Parameter, ctx: click.Context) -> str:
    return placeholder(parameter.make_metavar(ctx))


def _wrong_value(parameter: click.Parameter, ctx: click.Context, args: list[str]) -> str:
    typed = _refused(parameter, ctx, args)
    if isinstance(parameter.type, click.Choice):
        suggestion = say("write one of %(choices)s", choices=", ".join(map(str, parameter.type.choices)))
        return said(
            say("%(what)s; %(suggestion)s", what=say("“%(typed)s” is not one of the choices", typed=typed), suggestion=suggestion)
        )
    if isinstance(parameter.type, click.Path):
        path = Path(typed)
        number = errno.ENOENT if not path.exists() else errno.EISDIR if path.is_dir() else errno.ENOTDIR
        allowed = parameter.type.dir_okay if path.is_dir() else parameter.type.file_okay
        return sentence(OSError(errno.EACCES if path.exists() and allowed else number, "", typed))
    return said(say("“%(typed)s” does not fit %(what)s", typed=typed, what=_stands_for(parameter, ctx)))


def _refused(parameter: click.Parameter, ctx: click.Context, args: list[str]) -> str:
    """Return what was typed for a parameter and is refused by its type."""
    given, _, _ = ctx.command.make_parser(ctx).parse_args(list(args))
    value = given.get(parameter.name or "", "")
    for one in map(str, value if isinstance(value, list | tuple) else [value]):
        try:
            parameter.type.convert(one, parameter, ctx)
        except click.UsageError:
            return one
    return str(value)


def no_such(name: str, known: Iterable[str], what: Message) -> Message:
    """Return that a name is not there, with the nearest that is."""
    from difflib import get_close_matches  # noqa: PLC0415 - `--help` does not pay for it

    near = get_close_matches(name, list(known), n=1)
    return say("%(what)s; %(suggestion)s", what=what, suggestion=say("do you mean %(near)s?", near=near[0])) if near else what
