"""The classes of all commands: help and errors in the person's language, and the option `--ui`.

The English is in the docstring of a command and in `help=` of its options; the catalogs contain the other languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

import click

from simforms.cli import completion, output
from simforms.cli.failures import reported_failures
from simforms.cli.help_text import examples, paragraphs, placeholder
from simforms.cli.ui_language import UI, translated
from simforms.cli.usage_errors import WrongCommandLine, translated_usage_errors, with_nearest_name
from simforms.errors import UnknownNameError
from simforms.language.columns import table_lines, wrap
from simforms.messages import Message, say

_HELP = say("Show this help.")


class Command(click.Command):
    """A command whose help and errors are in the person's language."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(_ui_option(hidden=not isinstance(self, click.Group)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; `--ui` first of all, so that errors in the rest can be reported in that language."""
        if ctx.parent is None:
            ctx.meta[UI] = _ui_argument(args)
        with translated_usage_errors(ctx, list(args)):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. What goes wrong is reported in the language that its option names, if it has one."""
        with reported_failures(str(ctx.params.get("language") or "")):
            return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        option = super().get_help_option(ctx)
        if option:
            option.help = _HELP.text
        return option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - nothing is cut; lines are wrapped
        """Return the first sentence of its help."""
        return translated(say(next(iter(paragraphs(self.help or "")), "")))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        formatter.write("\n".join(self.help_lines(ctx, formatter.width)) + "\n")

    def help_lines(self, ctx: click.Context, width: int) -> Iterator[str]:
        """Yield the help in lines of at most so many columns."""
        usage = f"{translated(say('Usage:'))} {ctx.command_path}"
        pieces = map(placeholder, self.collect_usage_pieces(ctx))
        yield from wrap(" ".join((usage, *pieces)), width)
        for text in paragraphs(self.help or ""):
            yield ""
            yield from (f"  {line}" for line in wrap(translated(say(text)), width - 2))
        for number, example in enumerate(examples(self)):
            yield from ("",) if not number else ()
            yield f"  {translated(say('Example: %(example)s', example=example))}"
        for title, rows in self.help_tables(ctx):
            yield ""
            yield translated(title)
            yield from (f"  {line}" for line in table_lines(rows, width - 2, 30))

    def help_tables(self, ctx: click.Context) -> Iterator[tuple[Message, list[tuple[str, str]]]]:
        """Yield the tables of the help: its options."""
        yield (
            say("Options:"),
            [_option_row(one, ctx) for one in self.get_params(ctx) if isinstance(one, click.Option) and not one.hidden],
        )


class CommandTable(Mapping[str, click.Command]):
    """Commands by their names, in the order in which they are used; each is imported when it is asked for."""

    def __init__(self, package: str, places: Mapping[str, str]) -> None:
        """`places` are like `case:check`: a module of the package, and the command in it."""
        self._package, self._places = package, places

    def __getitem__(self, name: str) -> click.Command:
        module, _, function = self._places[name].partition(":")
        found: click.Command = getattr(import_module(f"{self._package}.{module}"), function)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Group(Command, click.Group):
    """The command that holds the others, in the order in which they are used."""

    command_class = Command

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line. Ends the program, with a sentence and an exit code whatever goes wrong."""
        output.prepare()
        with reported_failures():
            try:
                return super().main(*args, **settings)
            finally:
                output.finish()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own protocol
        """Return the names of the commands."""
        return list(self.commands)

    def help_tables(self, ctx: click.Context) -> Iterator[tuple[Message, list[tuple[str, str]]]]:
        """Yield the tables of the help: its options, its commands."""
        yield from super().help_tables(ctx)
        yield say("Commands:"), [(name, one.get_short_help_str()) for name, one in self.commands.items() if not one.hidden]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line as far as the name of a command. Raises NoArgsIsHelpError without one."""
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing and not ctx._protected_args:
            raise click.exceptions.NoArgsIsHelpError(ctx)
        return rest

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named. Raises WrongCommandLine, with the nearest name."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            what = say("there is no command “%(name)s”", name=args[0])
            raise WrongCommandLine(translated(with_nearest_name(args[0], self.commands, what)), self)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        try:
            with translated_usage_errors(ctx, []):
                return super().invoke(ctx)
        except (click.Abort, EOFError, KeyboardInterrupt):
            output.report(f"simforms: {translated(say('stopped'))}")
            ctx.exit(1)


def _ui_option(*, hidden: bool) -> click.Option:
    return click.Option(
        ["--ui"],
        metavar="LANGUAGE",
        expose_value=False,
        hidden=hidden,
        callback=_check_ui_language,
        shell_complete=completion.ui_languages,
        help="Language of help and messages. Put it before or after the command. Default: SIMFORMS_LANG, then "
        "the case, then the system language.",
    )


def _check_ui_language(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from simforms.knowledge.content import content  # noqa: PLC0415
        from simforms.language import catalogs  # noqa: PLC0415 - `--help` does not pay for it

        known = catalogs.ui_languages(content())
        if not catalogs.match_language(content(), value, known):
            what = say("there is no language “%(name)s”; the languages are: %(known)s", name=value, known=", ".join(known))
            raise UnknownNameError(what)


def _ui_argument(args: Sequence[str]) -> str:
    """Return the value of `--ui`, wherever it is on a command line; empty without it.

    >>> _ui_argument(["render", "--ui", "ja"]), _ui_argument(["--ui=ko"]), _ui_argument(["render", "--", "--ui", "ja"])
    ('ja', 'ko', '')
    """
    own = args[: args.index("--")] if "--" in args else args
    for one, following in pairwise([*own, ""]):
        name, sign, value = one.partition("=")
        if name == "--ui":
            return value if sign else following
    return ""


def _option_row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """Return an option as the help shows it: how it is written, what it does."""
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=lambda name: (name.startswith("--"), name)))
    value = "" if option.is_flag or option.count else f" {placeholder(option.make_metavar(ctx))}"
    usual = f" {translated(say('Default: %(value)s.', value=option.default))}" if option.show_default else ""
    return names + value, ((translated(say(option.help)) if option.help else "") + usual).strip()
