"""Errors in a command line become one sentence in the person's language, with an example that is right."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from simforms.cli.failures import sentence
from simforms.cli.help_text import examples, placeholder
from simforms.cli.output import report
from simforms.cli.ui_language import translated
from simforms.errors import CommandLineError
from simforms.messages import Message, say


class WrongCommandLine(click.ClickException):
    """A command line with a mistake: one sentence about it, and an example that is right."""

    exit_code = CommandLineError.exit_code

    def __init__(self, text: str, command: click.Command) -> None:
        super().__init__(text)
        self.hints = [translated(say("Example: %(example)s", example=example)) for example in examples(command)[:1]]

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's own protocol
        """Print it on stderr."""
        for line in (f"simforms: {self.message}", *self.hints):
            report(line)


class UnusableFileError(OSError):
    """A file that the command line names cannot be used: a mistake in the command line."""

    exit_code = CommandLineError.exit_code


def require_file(path: Path) -> None:
    """Raise UnusableFileError if a file that the command line names is not there."""
    try:
        path.stat()
    except OSError as error:
        raise UnusableFileError(error.errno, error.strerror, str(path)) from None


@contextmanager
def translated_usage_errors(ctx: click.Context, args: list[str]) -> Iterator[None]:
    """Turn errors in a command line into a sentence of ours, in the person's language, instead of click's own in English."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except CommandLineError as error:
        raise WrongCommandLine(sentence(error), ctx.command) from None
    except click.UsageError as error:
        raise WrongCommandLine(_explanation(error, ctx, args), (error.ctx or ctx).command) from None


def _explanation(error: click.UsageError, ctx: click.Context, args: list[str]) -> str:
    """Return what is wrong with a command line, as a sentence."""
    options = {name: one for one in ctx.command.get_params(ctx) if isinstance(one, click.Option) for name in one.opts}
    found = say("unexpected on the command line: %(typed)s", typed=" ".join(_extra_arguments(ctx, args)))
    match error:
        case click.NoSuchOption(option_name=name):
            found = with_nearest_name(name, options, say("there is no option “%(name)s”", name=name))
        case click.BadOptionUsage(option_name=name):
            found = say("“%(name)s” does not accept a value", name=name)
            if (option := options.get(name)) and not option.is_flag:
                found = say("missing on the command line: %(what)s", what=f"{name} {_placeholder(option, ctx)}")
        case click.MissingParameter(param=click.Parameter() as missing):
            found = say("missing on the command line: %(what)s", what=_placeholder(missing, ctx))
        case click.BadParameter(param=click.Parameter() as wrong):
            return _wrong_value(wrong, ctx, args)
        case _ if not found.values["typed"]:
            return error.format_message()
    return translated(found)


def _extra_arguments(ctx: click.Context, args: list[str]) -> list[str]:
    """Return the arguments after those that the command accepts."""
    if isinstance(ctx.command, click.Group) or not args:
        return []
    try:
        return list(ctx.command.make_parser(ctx).parse_args(list(args))[1])
    except click.UsageError:
        return []


def _placeholder(parameter: click.Parameter, ctx: click.Context) -> str:
    return placeholder(parameter.make_metavar(ctx))


def _wrong_value(parameter: click.Parameter, ctx: click.Context, args: list[str]) -> str:
    typed = _refused_value(parameter, ctx, args)
    if isinstance(parameter.type, click.Choice):
        suggestion = say("write one of these: %(choices)s", choices=", ".join(map(str, parameter.type.choices)))
        return translated(
            say("%(what)s; %(suggestion)s", what=say("“%(typed)s” is not one of the choices", typed=typed), suggestion=suggestion)
        )
    if isinstance(parameter.type, click.Path):
        path = Path(typed)
        number = errno.ENOENT if not path.exists() else errno.EISDIR if path.is_dir() else errno.ENOTDIR
        allowed = parameter.type.dir_okay if path.is_dir() else parameter.type.file_okay
        return sentence(OSError(errno.EACCES if path.exists() and allowed else number, "", typed))
    return translated(say("“%(typed)s” is not valid for %(what)s", typed=typed, what=_placeholder(parameter, ctx)))


def _refused_value(parameter: click.Parameter, ctx: click.Context, args: list[str]) -> str:
    """Return the value that was typed for a parameter and that its type refuses."""
    given, _, _ = ctx.command.make_parser(ctx).parse_args(list(args))
    value = given.get(parameter.name or "", "")
    for one in map(str, value if isinstance(value, list | tuple) else [value]):
        try:
            parameter.type.convert(one, parameter, ctx)
        except click.UsageError:
            return one
    return str(value)


def with_nearest_name(name: str, known: Iterable[str], what: Message) -> Message:
    """Return the message that a name is unknown, with the nearest known name."""
    from difflib import get_close_matches  # noqa: PLC0415 - `--help` does not pay for it

    near = get_close_matches(name, list(known), n=1)
    return say("%(what)s; %(suggestion)s", what=what, suggestion=say("did you mean %(near)s?", near=near[0])) if near else what
