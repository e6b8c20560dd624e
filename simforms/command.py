"""Commands that speak the person's language: their help, and what is wrong with a command line.

The English stands in the docstring of a command and in `help=` of its options; the catalogs hold the rest.
"""

from __future__ import annotations

import errno
import io
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from simforms import completion
from simforms.columns import table, wrapped
from simforms.errors import CommandLineError, Message, SimformsError, UnknownNameError, say
from simforms.telling import UI, said, sentence

EXAMPLE = "Example: "


def paragraphs(help_text: str) -> list[str]:
    r"""Return what a command's help says, each paragraph as one line; an example is no text to translate.

    >>> paragraphs("Print a\npaper.\n\nExample: simforms render my.yaml")
    ['Print a paper.']
    """
    found = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", help_text))
    return [paragraph for paragraph in found if paragraph and not paragraph.startswith(EXAMPLE)]


def examples(command: click.Command) -> list[str]:
    """Return the command lines that a command's help shows."""
    lines = (command.help or "").splitlines()
    return [line.strip().removeprefix(EXAMPLE) for line in lines if line.strip().startswith(EXAMPLE)]


def words(metavar: str) -> list[str]:
    """Return the words of a placeholder that stand for something.

    >>> words("[CASE...]"), words("FILE.ics")
    (['CASE'], ['FILE'])
    """
    return re.findall(r"[A-Z]{3,}", metavar)


def _metavar(text: str) -> str:
    """Return a placeholder in the person's language."""
    return re.sub(r"[A-Z]{3,}", lambda word: said(say(word[0])), text)


_OWN = (say("ARGS"), say("COMMAND"), say("OPTIONS"))
"""The placeholders that click itself writes."""
_HELP = say("Show this help.")


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


class Command(click.Command):
    """A command whose help and mistakes are told in the person's language."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(_ui_option(hidden=not isinstance(self, click.Group)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; `--ui` first of all, so that what is wrong with the rest can be told."""
        if ctx.parent is None:
            ctx.meta[UI] = _named(args)
        with _told(ctx, list(args)):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        option = super().get_help_option(ctx)
        if option:
            option.help = _HELP.text
        return option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - nothing is cut; lines are wrapped
        """Return the first sentence of its help."""
        return said(say(next(iter(paragraphs(self.help or "")), "")))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        formatter.write("\n".join(self.help_lines(ctx, formatter.width)) + "\n")

    def help_lines(self, ctx: click.Context, width: int) -> Iterator[str]:
        """Yield the help in lines of at most so many columns."""
        usage = f"{said(say('Usage:'))} {ctx.command_path}"
        pieces = map(_metavar, self.collect_usage_pieces(ctx))
        yield from wrapped(" ".join((usage, *pieces)), width)
        for text in paragraphs(self.help or ""):
            yield ""
            yield from (f"  {line}" for line in wrapped(said(say(text)), width - 2))
        for number, example in enumerate(examples(self)):
            yield from ("",) if not number else ()
            yield f"  {said(say('Example: %(example)s', example=example))}"
        for title, rows in self.help_tables(ctx):
            yield ""
            yield said(title)
            yield from (f"  {line}" for line in table(rows, width - 2, 30))

    def help_tables(self, ctx: click.Context) -> Iterator[tuple[Message, list[tuple[str, str]]]]:
        """Yield the tables of the help: its options."""
        yield (
            say("Options:"),
            [_row(one, ctx) for one in self.get_params(ctx) if isinstance(one, click.Option) and not one.hidden],
        )


class Group(Command, click.Group):
    """The command that holds the others, in the order in which they are used."""

    command_class = Command

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line; a letter that the terminal cannot show does not stop it."""
        if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
            sys.stdout.reconfigure(errors="replace")
        return super().main(*args, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own protocol
        """Return the names of the commands."""
        return list(self.commands)

    def help_tables(self, ctx: click.Context) -> Iterator[tuple[Message, list[tuple[str, str]]]]:
        """Yield the tables of the help: its options, its commands."""
        yield from super().help_tables(ctx)
        yield say("Commands:"), [(name, one.get_short_help_str()) for name, one in self.commands.items() if not one.hidden]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line as far as the name of a command; without one, the help is told."""
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing and not ctx._protected_args:
            raise click.exceptions.NoArgsIsHelpError(ctx)
        return rest

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named. Raises Refused, with the nearest."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            raise Refused(said(_no_such(args[0], self.commands, say("there is no command “%(name)s”", name=args[0]))), self)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        try:
            with _told(ctx, []):
                return super().invoke(ctx)
        except (click.Abort, EOFError, KeyboardInterrupt):
            click.echo(f"simforms: {said(say('stopped'))}", err=True)
            ctx.exit(1)


def _ui_option(*, hidden: bool) -> click.Option:
    return click.Option(
        ["--ui"],
        metavar="LANGUAGE",
        expose_value=False,
        hidden=hidden,
        callback=_known,
        shell_complete=completion.voices,
        help="The language to talk in, before or behind the command. Else SIMFORMS_LANG, the case or the locale decides.",
    )


def _known(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from simforms import catalogs  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.content import content  # noqa: PLC0415

        known = catalogs.voices(content())
        if not catalogs.understood(content(), value, known):
            what = say("there is no language “%(name)s”; there are %(known)s", name=value, known=", ".join(known))
            raise UnknownNameError(what)


def _named(args: Sequence[str]) -> str:
    """Return what `--ui` names anywhere on a command line.

    >>> _named(["render", "--ui", "ja"]), _named(["--ui=ko"]), _named(["render", "--", "--ui", "ja"])
    ('ja', 'ko', '')
    """
    own = args[: args.index("--")] if "--" in args else args
    for one, following in pairwise([*own, ""]):
        name, sign, value = one.partition("=")
        if name == "--ui":
            return value if sign else following
    return ""


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """Return an option as its help shows it: how it is written, what it does."""
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=lambda name: (name.startswith("--"), name)))
    value = "" if option.is_flag or option.count else f" {_metavar(option.make_metavar(ctx))}"
    usual = f" {said(say('Usually %(value)s.', value=option.default))}" if option.show_default else ""
    return names + value, ((said(say(option.help)) if option.help else "") + usual).strip()


@contextmanager
def _told(ctx: click.Context, args: list[str]) -> Iterator[None]:
    """Turn what is wrong with a command line into a sentence of ours, instead of click's own in English."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise Refused(_mistake(error, ctx, args), (error.ctx or ctx).command) from None
    except SimformsError as error:
        raise Refused(sentence(error), ctx.command) from None


def _mistake(error: click.UsageError, ctx: click.Context, args: list[str]) -> str:
    """Return what is wrong with a command line."""
    options = {name: one for one in ctx.command.get_params(ctx) if isinstance(one, click.Option) for name in one.opts}
    found = say("too much on the command line: %(typed)s", typed=" ".join(_left_over(ctx, args)))
    match error:
        case click.NoSuchOption(option_name=name):
            found = _no_such(name, options, say("there is no option “%(name)s”", name=name))
        case click.BadOptionUsage(option_name=name):
            found = say("“%(name)s” takes no value", name=name)
            if (option := options.get(name)) and not option.is_flag:
                found = say("missing on the command line: %(what)s", what=f"{name} {_placeholder(option, ctx)}")
        case click.MissingParameter(param=click.Parameter() as missing):
            found = say("missing on the command line: %(what)s", what=_placeholder(missing, ctx))
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


def _placeholder(parameter: click.Parameter, ctx: click.Context) -> str:
    return _metavar(parameter.make_metavar(ctx))


def _wrong_value(parameter: click.Parameter, ctx: click.Context, args: list[str]) -> str:
    typed = _refused(parameter, ctx, args)
    if isinstance(parameter.type, click.Choice):
        cure = say("write one of %(choices)s", choices=", ".join(map(str, parameter.type.choices)))
        return said(say("%(what)s; %(cure)s", what=say("“%(typed)s” is not one of the choices", typed=typed), cure=cure))
    if isinstance(parameter.type, click.Path):
        path = Path(typed)
        number = errno.ENOENT if not path.exists() else errno.EISDIR if path.is_dir() else errno.ENOTDIR
        allowed = parameter.type.dir_okay if path.is_dir() else parameter.type.file_okay
        return sentence(OSError(errno.EACCES if path.exists() and allowed else number, "", typed))
    return said(say("“%(typed)s” does not fit %(what)s", typed=typed, what=_placeholder(parameter, ctx)))


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


def _no_such(name: str, known: Sequence[str] | Any, what: Message) -> Message:
    """Return that a name is not there, with the nearest that is."""
    near = get_close_matches(name, known, n=1)
    return say("%(what)s; %(cure)s", what=what, cure=say("do you mean %(near)s?", near=near[0])) if near else what
